// S216: A hundred add to one counter.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	var count atomic.Int64
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			time.Sleep(time.Millisecond)
			count.Add(1)
		})
	}
	wg.Wait()
	fmt.Println(count.Load())
}
