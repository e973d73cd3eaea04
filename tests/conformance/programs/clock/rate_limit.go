// M156, L145: Work at the pace of a ticker.
package main

import (
	"fmt"
	"time"
)

func main() {
	requests := make(chan int, 5)
	for n := range 5 {
		requests <- n
	}
	close(requests)
	limiter := time.Tick(200 * time.Millisecond)
	for n := range requests {
		<-limiter
		fmt.Println("request", n)
	}
}
