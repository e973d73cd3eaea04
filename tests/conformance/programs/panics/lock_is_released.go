// I97: A deferred Unlock frees the lock when its holder panics.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(mu *sync.Mutex) {
	defer func() { fmt.Println("recovered:", recover()) }()
	mu.Lock()
	defer mu.Unlock()
	time.Sleep(time.Second)
	panic("boom")
}

func main() {
	var mu sync.Mutex
	go worker(&mu)
	time.Sleep(500 * time.Millisecond)
	mu.Lock()
	time.Sleep(time.Millisecond)
	fmt.Println("the lock is free")
}
