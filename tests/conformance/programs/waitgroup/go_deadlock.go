// P191, K126: Goroutines of a group that wait for ever.
package main

import "sync"

func worker(c chan int) {
	<-c
}

func main() {
	c := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() { worker(c) })
	wg.Wait()
}
