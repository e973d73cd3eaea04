// I91: A large float prints with an exponent.
package main

func main() {
	panic(100000000.0)
}
