// H80: NumGoroutine counts main and those that live; timers are none.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	c := make(chan int)
	fmt.Println(runtime.NumGoroutine())
	for range 3 {
		go func() { <-c }()
	}
	time.Sleep(time.Second)
	fmt.Println(runtime.NumGoroutine())
	timer, ticker := time.NewTimer(time.Hour), time.NewTicker(time.Hour)
	f := time.AfterFunc(time.Hour, func() {})
	fmt.Println(runtime.NumGoroutine())
	timer.Stop()
	ticker.Stop()
	f.Stop()
	close(c)
	time.Sleep(time.Second)
	fmt.Println(runtime.NumGoroutine())
}
