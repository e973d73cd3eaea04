// N170: Who waits for a mutex gets it in turn.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	mu.Lock()
	for i := range 5 {
		wg.Go(func() {
			time.Sleep(time.Duration(i+1) * time.Microsecond)
			mu.Lock()
			fmt.Println(i)
			mu.Unlock()
		})
	}
	time.Sleep(100 * time.Microsecond)
	mu.Unlock()
	wg.Wait()
}
