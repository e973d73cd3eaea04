// K128, K125: A writer behind a writer waits for the mutex inside.
package main

import (
	"sync"
	"time"
)

func writer(rw *sync.RWMutex) {
	rw.Lock()
}

func main() {
	var rw sync.RWMutex
	rw.RLock()
	go writer(&rw)
	time.Sleep(time.Second)
	go writer(&rw)
	time.Sleep(time.Second)
	<-make(chan int)
}
