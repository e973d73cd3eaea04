// E40: A select that waits to send panics when the channel is closed.
package main

import "time"

func worker(c, other chan int) {
	select {
	case c <- 1:
	case <-other:
	}
}

func main() {
	c, other := make(chan int), make(chan int)
	go worker(c, other)
	time.Sleep(time.Second)
	close(c)
	<-other
}
