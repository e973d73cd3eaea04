// P191, K126: A goroutine of a group that waits for ever.
package main

import "sync"

var c = make(chan int)

func worker() {
	<-c
}

func main() {
	var wg sync.WaitGroup
	wg.Go(worker)
	wg.Wait()
}
