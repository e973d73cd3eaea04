// O175, O177: Readers and writers that come in turn.
package main

import (
	"fmt"
	"sync"
	"time"
)

func read(rw *sync.RWMutex, name string, start time.Duration) {
	time.Sleep(start)
	rw.RLock()
	fmt.Println(name, "in")
	time.Sleep(1100 * time.Millisecond)
	rw.RUnlock()
}

func write(rw *sync.RWMutex, name string, start time.Duration) {
	time.Sleep(start)
	rw.Lock()
	fmt.Println(name, "in")
	time.Sleep(1300 * time.Millisecond)
	rw.Unlock()
}

func main() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	wg.Go(func() { read(&rw, "reader 1", 0) })
	wg.Go(func() { write(&rw, "writer 1", 200*time.Millisecond) })
	wg.Go(func() { read(&rw, "reader 2", 400*time.Millisecond) })
	wg.Go(func() { write(&rw, "writer 2", 600*time.Millisecond) })
	wg.Go(func() { read(&rw, "reader 3", 3*time.Second) })
	wg.Go(func() { write(&rw, "writer 3", 3200*time.Millisecond) })
	wg.Wait()
	fmt.Println("done")
}
