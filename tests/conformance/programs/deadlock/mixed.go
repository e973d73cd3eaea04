// J102: The dump lists main first, then the others in the order of their start.
package main

import "sync"

func receiver(c chan int) {
	<-c
}

func sender(c chan int) {
	c <- 1
}

func selector(a, b chan int) {
	select {
	case <-a:
	case <-b:
	}
}

func stuck() {
	select {}
}

func main() {
	a, b, c, d := make(chan int), make(chan int), make(chan int), make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go receiver(a)
	go sender(b)
	go selector(c, d)
	go stuck()
	wg.Wait()
}
