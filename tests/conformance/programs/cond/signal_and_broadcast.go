// R204: Signal wakes one, Broadcast all.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	var wg sync.WaitGroup
	woken := 0
	for range 5 {
		wg.Go(func() {
			mu.Lock()
			cond.Wait()
			woken++
			mu.Unlock()
		})
	}
	time.Sleep(time.Second)
	cond.Signal()
	time.Sleep(time.Second)
	fmt.Println(woken)
	cond.Broadcast()
	wg.Wait()
	fmt.Println(woken)
}
