// F47: What a goroutine is given of the loop's variable stays as it was.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	c := make(chan int, 3)
	for n := range 3 {
		c <- n
	}
	close(c)
	var wg sync.WaitGroup
	sum := 0
	for n := range c {
		wg.Go(func() {
			time.Sleep(time.Duration(n) * time.Second)
			sum += n
			fmt.Println(n, sum)
		})
	}
	wg.Wait()
}
