// C22: A blocked sender's value goes to the tail as soon as the head is taken.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 2)
	for n := range 5 {
		go func() {
			time.Sleep(time.Duration(n) * time.Millisecond)
			c <- n
		}()
	}
	time.Sleep(time.Second)
	for range 5 {
		fmt.Println(<-c, len(c))
	}
}
