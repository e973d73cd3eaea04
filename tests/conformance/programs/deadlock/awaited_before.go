// J108, J111: A timer that was waited for once, and set anew.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 1)
	timer := time.NewTimer(2 * time.Second)
	go func() {
		time.Sleep(time.Second)
		c <- 1
	}()
	select {
	case <-c:
		fmt.Println("the value came first")
	case <-timer.C:
	}
	fmt.Println(timer.Reset(time.Hour))
	<-c
}
