// R208: Who is woken looks again: another may have been faster.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	queue, taken, looked := 0, 0, 0
	for range 3 {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			for queue == 0 {
				cond.Wait()
				looked++
			}
			queue--
			taken++
		}()
	}
	time.Sleep(time.Second)
	mu.Lock()
	queue = 2
	cond.Broadcast()
	mu.Unlock()
	time.Sleep(time.Second)
	fmt.Println(queue, taken, looked)
}
