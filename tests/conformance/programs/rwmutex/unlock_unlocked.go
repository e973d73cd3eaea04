// O180: To unlock what isn't locked is a fatal error.
package main

import "sync"

func main() {
	var rw sync.RWMutex
	rw.Unlock()
}
