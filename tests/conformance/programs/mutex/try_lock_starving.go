// N169, N172: While a waiter starves nobody can take the lock in passing.
package main

import (
	"fmt"
	"sync"
	"time"
)

func waiter(mu *sync.Mutex) {
	mu.Lock()
	fmt.Println("the waiter has it")
	time.Sleep(time.Millisecond)
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	go waiter(&mu)
	time.Sleep(2 * time.Millisecond)
	mu.Unlock()
	fmt.Println(mu.TryLock())
	time.Sleep(2 * time.Millisecond)
	mu.Unlock()
	fmt.Println(mu.TryLock())
	time.Sleep(10 * time.Millisecond)
	fmt.Println(mu.TryLock())
}
