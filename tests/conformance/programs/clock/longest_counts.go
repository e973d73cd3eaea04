// M156: What runs side by side takes as long as the longest.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	for _, seconds := range []int{3, 1, 2} {
		wg.Go(func() { time.Sleep(time.Duration(seconds) * time.Second) })
	}
	wg.Wait()
	fmt.Println("done")
}
