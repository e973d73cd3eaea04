// T222, N166: A map behind a mutex.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	counts := map[string]int{}
	for n := range 9 {
		wg.Go(func() {
			for _, word := range []string{"red", "green", "blue"}[:n%3+1] {
				mu.Lock()
				counts[word]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(counts["red"], counts["green"], counts["blue"])
}
