// L134, L152: A timer may be read by another goroutine, long after it fired.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	timers := make(chan *time.Timer, 3)
	for n := range 3 {
		timers <- time.NewTimer(time.Duration(3-n) * time.Second)
	}
	time.Sleep(time.Minute)
	done := make(chan bool)
	go func() {
		for range 3 {
			fmt.Println((<-(<-timers).C).Sub(start).Milliseconds())
		}
		done <- true
	}()
	<-done
}
