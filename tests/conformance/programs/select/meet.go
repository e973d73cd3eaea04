// G64: A select that sends meets a select that receives.
package main

import (
	"fmt"
	"time"
)

func main() {
	c, other := make(chan int), make(chan int)
	go func() {
		select {
		case c <- 7:
		case other <- 8:
		}
	}()
	time.Sleep(time.Second)
	select {
	case n := <-c:
		fmt.Println("received", n)
	case <-time.After(time.Second):
		fmt.Println("nobody came")
	}
}
