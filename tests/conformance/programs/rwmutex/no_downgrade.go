// O178, K124: Nor a write lock into a read lock.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var rw sync.RWMutex
	rw.Lock()
	fmt.Println("writing")
	rw.RLock()
}
