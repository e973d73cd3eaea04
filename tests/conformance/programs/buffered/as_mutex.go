// C25: A buffer of one is a mutex.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	lock := make(chan struct{}, 1)
	var wg sync.WaitGroup
	count := 0
	for range 10 {
		wg.Go(func() {
			lock <- struct{}{}
			seen := count
			time.Sleep(100 * time.Millisecond)
			count = seen + 1
			<-lock
		})
	}
	wg.Wait()
	fmt.Println(count)
}
