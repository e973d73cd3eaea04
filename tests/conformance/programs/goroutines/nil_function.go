// H73, I99: To start the nil function is a fatal error, which nothing recovers.
package main

import "fmt"

func start(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	go f()
}

func main() {
	start(nil)
}
