// I93: A panic with nil has words of its own.
package main

func main() {
	panic(nil)
}
