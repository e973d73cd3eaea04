// G68, B15: Who waits in a select is served in turn as well.
package main

import (
	"fmt"
	"time"
)

func main() {
	c, never := make(chan int), make(chan int)
	results := make(chan string)
	for i := range 4 {
		go func() {
			time.Sleep(time.Duration(i) * time.Second)
			select {
			case n := <-c:
				results <- fmt.Sprintf("waiter %d got %d", i, n)
			case <-never:
			}
		}()
	}
	time.Sleep(10 * time.Second)
	for n := range 4 {
		c <- n
		fmt.Println(<-results)
	}
}
