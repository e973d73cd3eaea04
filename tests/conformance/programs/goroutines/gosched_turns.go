// H78, H76: Two that both stand back take turns.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	turns := []int{}
	for i := range 2 {
		wg.Go(func() {
			time.Sleep(time.Duration(1+i) * time.Millisecond)
			for range 3 {
				turns = append(turns, i)
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
	fmt.Println(len(turns))
}
