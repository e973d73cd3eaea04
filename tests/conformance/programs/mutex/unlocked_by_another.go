// N167: Any goroutine may unlock.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		time.Sleep(time.Second)
		mu.Unlock()
	}()
	mu.Lock()
	fmt.Println("locked again")
}
