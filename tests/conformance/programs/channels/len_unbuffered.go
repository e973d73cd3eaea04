// A5: A sender that waits at an unbuffered channel does not count.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	time.Sleep(time.Millisecond)
	fmt.Println(len(c), cap(c))
	fmt.Println(<-c)
}
