// L150: Sleepers wake in the order of their times.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	for _, n := range []int{5, 3, 9, 1, 7} {
		go func() {
			time.Sleep(time.Duration(n) * time.Second)
			c <- n
		}()
	}
	for range 5 {
		fmt.Println(<-c)
	}
}
