// O182: Any goroutine may unlock a read lock.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var rw sync.RWMutex
	rw.RLock()
	go func() {
		time.Sleep(time.Second)
		rw.RUnlock()
	}()
	rw.Lock()
	fmt.Println("writing")
}
