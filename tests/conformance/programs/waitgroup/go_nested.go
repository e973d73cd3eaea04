// P191: A group's Go counts the goroutine that it starts; those may start more.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			time.Sleep(time.Duration(1+i) * time.Second)
			fmt.Println("outer", i)
			wg.Go(func() {
				time.Sleep(500 * time.Millisecond)
				fmt.Println("inner", i)
			})
		})
	}
	wg.Wait()
	fmt.Println("done")
}
