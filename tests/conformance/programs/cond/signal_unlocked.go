// R206: Signal needs no lock.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	go func() {
		time.Sleep(time.Second)
		cond.Signal()
	}()
	mu.Lock()
	cond.Wait()
	fmt.Println("woken", mu.TryLock())
}
