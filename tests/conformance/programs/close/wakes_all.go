// E37: Closing wakes every receiver, as a starting gun does.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	start := make(chan struct{})
	var wg sync.WaitGroup
	started := 0
	for range 5 {
		wg.Go(func() {
			<-start
			started++
		})
	}
	time.Sleep(time.Second)
	fmt.Println("started", started)
	close(start)
	wg.Wait()
	fmt.Println("started", started)
}
