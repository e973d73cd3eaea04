// L141: A function that sets its own timer again.
package main

import (
	"fmt"
	"time"
)

func main() {
	count := 0
	done := make(chan bool)
	var timer *time.Timer
	timer = time.AfterFunc(time.Second, func() {
		count++
		fmt.Println("run", count)
		if count == 3 {
			done <- timer.Stop()
			return
		}
		timer.Reset(time.Duration(count) * time.Second)
	})
	fmt.Println(<-done)
}
