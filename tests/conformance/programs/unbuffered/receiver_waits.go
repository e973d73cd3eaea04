// B13: A receive blocks until a sender comes.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	go func() {
		time.Sleep(1500 * time.Millisecond)
		c <- 42
	}()
	fmt.Println("waiting")
	fmt.Println(<-c)
}
