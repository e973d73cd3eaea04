// L145, L136: A worker whose heartbeat fails is noticed.
package main

import (
	"fmt"
	"time"
)

func worker(beat chan<- int) {
	for n := range 3 {
		time.Sleep(200 * time.Millisecond)
		beat <- n
	}
	time.Sleep(time.Hour)
}

func main() {
	beat := make(chan int)
	go worker(beat)
	timer := time.NewTimer(500 * time.Millisecond)
	for {
		select {
		case n := <-beat:
			fmt.Println("beat", n, timer.Reset(500*time.Millisecond))
		case <-timer.C:
			fmt.Println("no beat for half a second")
			return
		}
	}
}
