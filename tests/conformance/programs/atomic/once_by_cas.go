// S212, S216: The first to swap a flag wins.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var taken atomic.Bool
	var wg sync.WaitGroup
	winners := 0
	for range 10 {
		wg.Go(func() {
			if taken.CompareAndSwap(false, true) {
				winners++
			}
		})
	}
	wg.Wait()
	fmt.Println(winners, taken.Load())
}
