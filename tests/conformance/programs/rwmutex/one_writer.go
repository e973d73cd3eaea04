// O174: Writers take turns, and readers wait for them.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	value := 0
	for range 3 {
		wg.Go(func() {
			rw.Lock()
			seen := value
			time.Sleep(time.Second)
			value = seen + 1
			rw.Unlock()
		})
	}
	time.Sleep(time.Millisecond)
	wg.Wait()
	rw.RLock()
	fmt.Println(value)
	rw.RUnlock()
}
