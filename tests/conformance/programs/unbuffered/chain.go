// B19: A value passes through a thousand goroutines.
package main

import "fmt"

func pass(from, to chan int) {
	to <- 1 + <-from
}

func main() {
	first := make(chan int)
	last := first
	for range 1000 {
		next := make(chan int)
		go pass(last, next)
		last = next
	}
	first <- 0
	fmt.Println(<-last)
}
