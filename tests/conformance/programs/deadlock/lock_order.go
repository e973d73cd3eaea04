// J115, K123: Two locks, taken in opposite order.
package main

import (
	"sync"
	"time"
)

func worker(first, second *sync.Mutex) {
	first.Lock()
	time.Sleep(time.Second)
	second.Lock()
}

func main() {
	var a, b sync.Mutex
	go worker(&a, &b)
	worker(&b, &a)
}
