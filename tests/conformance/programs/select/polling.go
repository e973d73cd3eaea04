// G56, H78: A loop that tries and goes on with other work.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	go func() {
		time.Sleep(95 * time.Millisecond)
		c <- 42
	}()
	for tries := 1; ; tries++ {
		select {
		case n := <-c:
			fmt.Println("got", n, "at try", tries)
			return
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
}
