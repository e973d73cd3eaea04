// I91: The value of a panic may be a fraction.
package main

func main() {
	panic(1.5)
}
