// I94: A chain of three.
package main

func inner() {
	defer func() {
		recover()
		panic("second")
	}()
	panic("first")
}

func outer() {
	defer func() {
		recover()
		panic("third")
	}()
	inner()
}

func main() {
	outer()
}
