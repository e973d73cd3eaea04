// I94: A panic that was recovered and done with is no part of a later one.
package main

import "fmt"

func try() {
	defer func() { fmt.Println("recovered:", recover()) }()
	panic("first")
}

func main() {
	try()
	panic("second")
}
