// I91: The value of a panic may be a truth value.
package main

func main() {
	panic(true)
}
