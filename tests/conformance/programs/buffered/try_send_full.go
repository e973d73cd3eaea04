// C24: A send that is tried on a full buffer changes nothing.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 2)
	c <- 1
	c <- 2
	go func() { c <- 3 }()
	time.Sleep(time.Millisecond)
	select {
	case c <- 99:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	fmt.Println(<-c, <-c, <-c, len(c))
}
