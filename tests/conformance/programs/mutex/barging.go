// N171: Who runs may take the lock again before the one that waits.
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
	time.Sleep(100 * time.Microsecond)
	mu.Unlock()
	mu.Lock()
	fmt.Println("main has it again")
	time.Sleep(100 * time.Microsecond)
	mu.Unlock()
	time.Sleep(time.Second)
}
