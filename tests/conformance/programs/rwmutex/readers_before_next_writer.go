// O177: Unlock lets in all readers that waited, before the next writer.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	reading := 0
	rw.Lock()
	for i := range 3 {
		wg.Go(func() {
			time.Sleep(time.Duration(1+i) * time.Millisecond)
			rw.RLock()
			reading++
			time.Sleep(time.Second)
			rw.RUnlock()
		})
	}
	wg.Go(func() {
		time.Sleep(10 * time.Millisecond)
		rw.Lock()
		fmt.Println("the writer comes after", reading)
		rw.Unlock()
	})
	time.Sleep(time.Second)
	rw.Unlock()
	wg.Wait()
}
