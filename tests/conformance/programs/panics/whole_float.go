// I91: A float without a fraction prints as Go prints it.
package main

func main() {
	panic(2.0)
}
