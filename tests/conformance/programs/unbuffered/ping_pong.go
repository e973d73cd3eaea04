// B13: Two goroutines take turns.
package main

import (
	"fmt"
	"time"
)

func main() {
	ball, back := make(chan int), make(chan int)
	go func() {
		for n := range ball {
			time.Sleep(100 * time.Millisecond)
			back <- n + 1
		}
	}()
	for n := 0; n < 6; {
		fmt.Println(n)
		ball <- n
		n = <-back
	}
}
