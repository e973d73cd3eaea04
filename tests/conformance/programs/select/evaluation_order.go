// G50: Channels and values of all cases are evaluated once, from top to bottom.
package main

import "fmt"

func channel(name string, c chan int) chan int {
	fmt.Println("channel", name)
	return c
}

func value(n int) int {
	fmt.Println("value", n)
	return n
}

func main() {
	a, b := make(chan int), make(chan int, 1)
	select {
	case n := <-channel("a", a):
		fmt.Println("received", n)
	case channel("b", b) <- value(2):
		fmt.Println("sent")
	case channel("nil", nil) <- value(3):
		fmt.Println("never")
	}
}
