// R204, K127: A signal that nobody waits for is lost.
package main

import (
	"fmt"
	"sync"
)

func waiter(cond *sync.Cond) {
	cond.L.Lock()
	cond.Wait()
	fmt.Println("never printed")
}

func main() {
	cond := sync.NewCond(&sync.Mutex{})
	cond.Signal()
	cond.Broadcast()
	waiter(cond)
}
