// I91: A panic without words.
package main

func main() {
	panic("")
}
