// N172: One that holds the lock nearly always does not starve the other.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	go func() {
		for {
			mu.Lock()
			time.Sleep(10 * time.Millisecond)
			mu.Unlock()
		}
	}()
	time.Sleep(time.Millisecond)
	for i := range 5 {
		mu.Lock()
		fmt.Println("got it", i)
		mu.Unlock()
		time.Sleep(100 * time.Microsecond)
	}
}
