// G62, K120: A select never meets itself.
package main

import "fmt"

func main() {
	c := make(chan int)
	select {
	case c <- 1:
		fmt.Println("sent")
	case n := <-c:
		fmt.Println("received", n)
	}
}
