// I91: The value of a panic may be a number.
package main

func main() {
	panic(42)
}
