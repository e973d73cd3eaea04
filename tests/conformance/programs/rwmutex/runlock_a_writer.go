// O181: To read-unlock what is write-locked is the other.
package main

import "sync"

func main() {
	var rw sync.RWMutex
	rw.Lock()
	rw.RUnlock()
}
