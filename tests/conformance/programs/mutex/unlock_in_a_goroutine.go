// N168, I99: It ends the program from any goroutine.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker(mu *sync.Mutex) {
	defer func() { fmt.Println("recovered:", recover()) }()
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	go worker(&mu)
	time.Sleep(time.Second)
	fmt.Println("never printed")
}
