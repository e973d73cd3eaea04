// K127, J115: All wait for a signal that nobody gives.
package main

import (
	"sync"
	"time"
)

func waiter(cond *sync.Cond) {
	cond.L.Lock()
	cond.Wait()
}

func main() {
	cond := sync.NewCond(&sync.Mutex{})
	go waiter(cond)
	time.Sleep(time.Second)
	waiter(cond)
}
