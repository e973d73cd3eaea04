// C21, G61: Those that have left the queue don't keep a value out of the buffer.
package main

import (
	"fmt"
	"time"
)

func wait(c, other chan int) {
	select {
	case <-c:
	case <-other:
	}
}

func main() {
	c, other := make(chan int, 1), make(chan int)
	go func() { <-c }()
	time.Sleep(time.Second)
	go wait(c, other)
	time.Sleep(time.Second)
	other <- 1
	time.Sleep(time.Second)
	c <- 2
	time.Sleep(time.Second)
	c <- 3
	fmt.Println(len(c), cap(c))
}
