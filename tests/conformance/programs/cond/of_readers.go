// R210: The lock may be the read side of an RWMutex.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var rw sync.RWMutex
	cond := sync.NewCond(rw.RLocker())
	go func() {
		time.Sleep(time.Second)
		rw.Lock()
		fmt.Println("writing")
		rw.Unlock()
		cond.Broadcast()
	}()
	cond.L.Lock()
	cond.Wait()
	fmt.Println(rw.TryLock(), rw.TryRLock())
}
