// P186: All that wait are released together.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var work, waiters sync.WaitGroup
	released := 0
	work.Add(1)
	for range 4 {
		waiters.Go(func() {
			work.Wait()
			released++
		})
	}
	time.Sleep(time.Second)
	fmt.Println(released)
	work.Done()
	waiters.Wait()
	fmt.Println(released)
}
