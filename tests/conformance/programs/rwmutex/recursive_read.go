// O175, K124, K125: To read-lock twice with a writer between is a deadlock.
package main

import (
	"sync"
	"time"
)

func reader(rw *sync.RWMutex) {
	rw.RLock()
	time.Sleep(2 * time.Second)
	rw.RLock()
}

func main() {
	var rw sync.RWMutex
	go reader(&rw)
	time.Sleep(time.Second)
	rw.Lock()
}
