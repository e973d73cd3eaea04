// O182: The read side as a locker of its own.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var rw sync.RWMutex
	locker := rw.RLocker()
	locker.Lock()
	fmt.Println(rw.TryRLock(), rw.TryLock())
	rw.RUnlock()
	locker.Unlock()
	fmt.Println(rw.TryLock())
}
