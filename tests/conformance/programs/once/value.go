// Q201: OnceValue keeps what the function returned.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	answer := sync.OnceValue(func() int {
		fmt.Println("thinking")
		time.Sleep(time.Second)
		return 42
	})
	var wg sync.WaitGroup
	sum := 0
	for range 3 {
		wg.Go(func() { sum += answer() })
	}
	wg.Wait()
	fmt.Println(sum, answer())
}
