// O174: Many read at a time, one writes.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	reading, most := 0, 0
	for range 4 {
		wg.Go(func() {
			rw.RLock()
			reading++
			most = max(most, reading)
			time.Sleep(time.Second)
			reading--
			rw.RUnlock()
		})
	}
	time.Sleep(time.Millisecond)
	rw.Lock()
	fmt.Println("writing while", reading, "read; at most", most)
	rw.Unlock()
	wg.Wait()
}
