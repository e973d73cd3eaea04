// L138, L140: A timer that is pushed back with every event fires when they cease.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.AfterFunc(500*time.Millisecond, func() { fmt.Println("quiet") })
	for _, pause := range []int{100, 300, 400, 700, 200} {
		time.Sleep(time.Duration(pause) * time.Millisecond)
		fmt.Println("event", timer.Reset(500*time.Millisecond))
	}
	time.Sleep(time.Second)
}
