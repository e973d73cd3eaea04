// N166: Without the lock updates get lost.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	count := 0
	for range 100 {
		wg.Go(func() {
			seen := count
			time.Sleep(time.Millisecond)
			count = seen + 1
		})
	}
	wg.Wait()
	fmt.Println(count)
}
