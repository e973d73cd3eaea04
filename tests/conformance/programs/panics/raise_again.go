// I88, I94: A caught panic that is let go on its way.
package main

import "fmt"

func inner() {
	panic("no such file")
}

func load() {
	defer func() { fmt.Println("cleaning up") }()
	inner()
}

func main() {
	load()
}
