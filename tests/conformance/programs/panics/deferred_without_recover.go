// I88, I94: A deferred call that only cleans up leaves the panic as it is.
package main

import "fmt"

func load() {
	defer func() { fmt.Println("cleaning up") }()
	panic("no such file")
}

func main() {
	load()
}
