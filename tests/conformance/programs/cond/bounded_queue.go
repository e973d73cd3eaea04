// R203, R208: A queue with room for two, made of a Cond.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	queue := []int{}
	go func() {
		for n := range 5 {
			mu.Lock()
			for len(queue) == 2 {
				cond.Wait()
			}
			queue = append(queue, n)
			fmt.Println("put", n)
			mu.Unlock()
			cond.Broadcast()
			time.Sleep(100 * time.Millisecond)
		}
	}()
	for range 5 {
		time.Sleep(350 * time.Millisecond)
		mu.Lock()
		for len(queue) == 0 {
			cond.Wait()
		}
		n := queue[0]
		queue = queue[1:]
		mu.Unlock()
		time.Sleep(time.Millisecond)
		fmt.Println("took", n)
		cond.Broadcast()
	}
}
