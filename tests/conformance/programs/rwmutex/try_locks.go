// O179: What can be had without waiting, with nobody, a reader, and a writer inside.
package main

import (
	"fmt"
	"sync"
	"time"
)

func try(rw *sync.RWMutex) {
	read := rw.TryRLock()
	if read {
		rw.RUnlock()
	}
	write := rw.TryLock()
	if write {
		rw.Unlock()
	}
	fmt.Println(read, write)
}

func main() {
	var rw sync.RWMutex
	try(&rw)
	rw.RLock()
	try(&rw)
	go rw.Lock()
	time.Sleep(time.Second)
	try(&rw)
	rw.RUnlock()
	time.Sleep(time.Second)
	try(&rw)
}
