// R207: To wait without the lock is a fatal error.
package main

import "sync"

func main() {
	cond := sync.NewCond(&sync.Mutex{})
	cond.Wait()
}
