// N166: A hundred add to a counter, one at a time.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	count := 0
	for range 100 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			seen := count
			time.Sleep(time.Millisecond)
			count = seen + 1
		})
	}
	wg.Wait()
	fmt.Println(count)
}
