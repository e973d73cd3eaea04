// D30: In a select the nil channel is never ready.
package main

import "fmt"

func main() {
	var c chan int
	select {
	case n := <-c:
		fmt.Println("received", n)
	case c <- 1:
		fmt.Println("sent")
	default:
		fmt.Println("neither")
	}
}
