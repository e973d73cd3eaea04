// N170, N172: Three that lock again at once take turns once they have waited.
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
			time.Sleep(time.Duration(i) * 100 * time.Microsecond)
			for range 4 {
				mu.Lock()
				time.Sleep(2 * time.Millisecond)
				fmt.Println("worker", i)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
