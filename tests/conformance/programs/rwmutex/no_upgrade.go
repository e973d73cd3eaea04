// O178, K125: A read lock can't be turned into a write lock.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var rw sync.RWMutex
	rw.RLock()
	fmt.Println("reading")
	rw.Lock()
}
