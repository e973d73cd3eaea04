// Q196: The others wait until the first has returned.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var once sync.Once
	var wg sync.WaitGroup
	ready := 0
	for range 3 {
		wg.Go(func() {
			once.Do(func() {
				time.Sleep(time.Second)
				ready = 42
			})
			if ready != 42 {
				fmt.Println("too early")
			}
		})
	}
	wg.Wait()
	fmt.Println(ready)
}
