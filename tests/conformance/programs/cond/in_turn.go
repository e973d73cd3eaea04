// R205: Those that wait are woken in turn.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	for i := range 4 {
		go func() {
			time.Sleep(time.Duration(i) * time.Millisecond)
			mu.Lock()
			cond.Wait()
			fmt.Println(i)
			mu.Unlock()
		}()
	}
	time.Sleep(time.Second)
	for range 4 {
		cond.Signal()
		time.Sleep(time.Second)
	}
}
