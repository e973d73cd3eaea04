// I92: The later lines of a panic's text are indented.
package main

func main() {
	panic("first line\nsecond line\nthird line")
}
