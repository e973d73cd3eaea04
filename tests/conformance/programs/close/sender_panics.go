// E38: A sender that waits panics when the channel is closed.
package main

import (
	"fmt"
	"time"
)

func worker(c chan int) {
	c <- 1
}

func main() {
	c := make(chan int)
	go worker(c)
	time.Sleep(time.Second)
	close(c)
	time.Sleep(time.Second)
	fmt.Println("never printed")
}
