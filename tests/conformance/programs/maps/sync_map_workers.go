// T218: Many write to a sync.Map at once.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var m sync.Map
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() { m.Store(n%5, n) })
	}
	wg.Wait()
	count := 0
	m.Range(func(key, value any) bool {
		count++
		return true
	})
	fmt.Println(count)
}
