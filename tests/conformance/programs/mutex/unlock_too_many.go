// N168, N167: Two unlock what was locked once.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(mu *sync.Mutex, delay time.Duration) {
	time.Sleep(delay)
	mu.Unlock()
	fmt.Println("unlocked")
}

func main() {
	var mu sync.Mutex
	mu.Lock()
	go worker(&mu, time.Second)
	go worker(&mu, 2*time.Second)
	time.Sleep(time.Minute)
}
