// G56, G58: The default is taken only if nothing is ready, wherever it is listed.
package main

import "fmt"

func main() {
	c := make(chan int, 1)
	for range 3 {
		select {
		default:
			fmt.Println("nothing there")
			c <- 5
		case n := <-c:
			fmt.Println("received", n)
		}
	}
}
