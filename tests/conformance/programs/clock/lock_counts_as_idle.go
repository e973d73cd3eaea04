// M157: The clock also moves while somebody waits for a mutex.
package main

import (
	"fmt"
	"sync"
	"time"
)

func holder(mu *sync.Mutex) {
	mu.Lock()
	time.Sleep(time.Hour)
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	go holder(&mu)
	time.Sleep(time.Second)
	mu.Lock()
	fmt.Println("an hour later")
}
