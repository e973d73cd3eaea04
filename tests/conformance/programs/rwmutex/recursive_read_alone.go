// O176: Without a writer it works.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var rw sync.RWMutex
	rw.RLock()
	rw.RLock()
	fmt.Println("twice")
	rw.RUnlock()
	rw.RUnlock()
	fmt.Println(rw.TryLock())
}
