// B15: Blocked receivers are served first come, first served.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	results := make(chan string)
	for i := range 5 {
		go func() {
			time.Sleep(time.Duration(i) * time.Millisecond)
			results <- fmt.Sprintf("receiver %d got %d", i, <-c)
		}()
	}
	time.Sleep(time.Second)
	for n := range 5 {
		c <- n
		fmt.Println(<-results)
	}
}
