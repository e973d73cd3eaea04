// I85, I88: Deferred calls of a dying goroutine may wait; the others run meanwhile.
package main

import (
	"fmt"
	"time"
)

func ticking() {
	for n := range 5 {
		time.Sleep(300 * time.Millisecond)
		fmt.Println("tick", n)
	}
}

func worker() {
	defer time.Sleep(time.Second)
	panic("boom")
}

func main() {
	go ticking()
	go worker()
	time.Sleep(time.Minute)
}
