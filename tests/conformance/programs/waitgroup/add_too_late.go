// P190: To add in the new goroutine comes too late for Wait.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(wg *sync.WaitGroup, done *int) {
	time.Sleep(time.Millisecond)
	wg.Add(1)
	defer wg.Done()
	time.Sleep(time.Second)
	*done++
}

func main() {
	var wg sync.WaitGroup
	done := 0
	for range 5 {
		go worker(&wg, &done)
	}
	wg.Wait()
	fmt.Println(done)
}
