// E34: A select that sends on a closed channel panics, even with a default.
package main

import "fmt"

func offer(c chan int) {
	select {
	case c <- 1:
		fmt.Println("sent")
	default:
		fmt.Println("not sent")
	}
}

func main() {
	c := make(chan int)
	offer(c)
	close(c)
	offer(c)
}
