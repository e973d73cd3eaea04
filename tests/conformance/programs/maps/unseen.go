// T223: What never meets in the map is not noticed.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	m := map[int]int{}
	var wg sync.WaitGroup
	for n := range 5 {
		wg.Go(func() {
			m[n] = n
			runtime.Gosched()
			m[n]++
		})
	}
	wg.Wait()
	fmt.Println(len(m), m[0], m[4])
}
