// N172: Who has waited for more than a millisecond is handed the lock.
package main

import (
	"fmt"
	"sync"
	"time"
)

func waiter(mu *sync.Mutex) {
	mu.Lock()
	fmt.Println("the waiter has it")
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	go waiter(&mu)
	for i := range 5 {
		time.Sleep(2 * time.Millisecond)
		mu.Unlock()
		mu.Lock()
		fmt.Println("main has it again", i)
	}
}
