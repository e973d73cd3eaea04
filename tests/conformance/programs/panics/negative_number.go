// I91: A panic with a negative number.
package main

func main() {
	panic(-3)
}
