// I88: Deferred calls run from the last to the first.
package main

import "fmt"

func step(n int) {
	defer fmt.Println("leaving", n)
	if n == 3 {
		panic("at the bottom")
	}
	step(n + 1)
}

func main() {
	defer func() { fmt.Println("recovered:", recover()) }()
	step(1)
}
