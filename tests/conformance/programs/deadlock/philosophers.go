// J115, K123: Three philosophers take the left fork first.
package main

import (
	"sync"
	"time"
)

func philosopher(left, right *sync.Mutex, wg *sync.WaitGroup) {
	left.Lock()
	time.Sleep(time.Second)
	right.Lock()
	right.Unlock()
	left.Unlock()
	wg.Done()
}

func main() {
	var forks [3]sync.Mutex
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Add(1)
		go philosopher(&forks[i], &forks[(i+1)%3], &wg)
	}
	wg.Wait()
}
