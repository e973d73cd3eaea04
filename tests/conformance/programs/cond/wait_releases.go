// R203: Wait unlocks the mutex while it waits, and locks it before it returns.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		time.Sleep(time.Second)
		mu.Lock()
		ready = true
		cond.Signal()
		time.Sleep(time.Second)
		mu.Unlock()
	}()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	fmt.Println("ready", mu.TryLock())
	mu.Unlock()
}
