// C23: A value for a receiver that waits never lies in the buffer.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 3)
	done := make(chan int)
	go func() { done <- <-c }()
	time.Sleep(time.Millisecond)
	c <- 9
	fmt.Println(len(c))
	fmt.Println(<-done)
}
