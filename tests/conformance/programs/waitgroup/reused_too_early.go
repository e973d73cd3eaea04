// P188: To use it anew before a Wait has returned panics in who waits.
package main

import (
	"fmt"
	"sync"
	"time"
)

func waiter(wg *sync.WaitGroup) {
	wg.Wait()
	fmt.Println("never printed")
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go waiter(&wg)
	time.Sleep(time.Second)
	wg.Done()
	wg.Add(1)
	time.Sleep(time.Second)
}
