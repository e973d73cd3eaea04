// G63: Both directions of one buffer: whichever is possible.
package main

import "fmt"

func step(c chan int) {
	select {
	case n := <-c:
		fmt.Println("received", n)
	case c <- 5:
		fmt.Println("sent")
	}
}

func main() {
	c := make(chan int, 1)
	for range 4 {
		step(c)
	}
}
