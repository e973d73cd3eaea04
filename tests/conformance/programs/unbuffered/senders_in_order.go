// B14: Blocked senders are served first come, first served.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	for i := range 5 {
		go func() {
			time.Sleep(time.Duration(i) * time.Millisecond)
			c <- i
		}()
	}
	time.Sleep(time.Second)
	for range 5 {
		fmt.Println(<-c)
	}
}
