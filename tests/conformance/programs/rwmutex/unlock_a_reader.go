// O181: To write-unlock what is read-locked is the same error.
package main

import "sync"

func main() {
	var rw sync.RWMutex
	rw.RLock()
	rw.Unlock()
}
