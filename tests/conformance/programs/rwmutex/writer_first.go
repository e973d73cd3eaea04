// O175: A writer that waits holds back new readers.
package main

import (
	"fmt"
	"sync"
	"time"
)

func reader(rw *sync.RWMutex, name string, hold time.Duration) {
	rw.RLock()
	fmt.Println(name, "reads")
	time.Sleep(hold)
	rw.RUnlock()
}

func writer(rw *sync.RWMutex) {
	rw.Lock()
	fmt.Println("the writer writes")
	time.Sleep(time.Second)
	rw.Unlock()
}

func main() {
	var rw sync.RWMutex
	go reader(&rw, "the first", 3*time.Second)
	time.Sleep(time.Second)
	go writer(&rw)
	time.Sleep(time.Second)
	go reader(&rw, "the second", time.Second)
	time.Sleep(10 * time.Second)
}
