// P187: A group is used again after its Wait.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	done := 0
	for round := range 3 {
		for i := range 5 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * 100 * time.Millisecond)
				done++
			})
		}
		wg.Wait()
		fmt.Println("round", round, done)
	}
}
