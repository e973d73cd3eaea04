// N170, N171: Three that hold the lock for a moment only.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			time.Sleep(time.Duration(i) * 10 * time.Microsecond)
			for range 4 {
				mu.Lock()
				time.Sleep(100 * time.Microsecond)
				fmt.Println("worker", i)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
