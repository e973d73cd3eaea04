// L137: After Stop and after Reset no old value is there.
package main

import (
	"fmt"
	"time"
)

func look(timer *time.Timer) {
	select {
	case <-timer.C:
		fmt.Println("a value")
	default:
		fmt.Println("none")
	}
}

func main() {
	timer := time.NewTimer(time.Second)
	time.Sleep(2 * time.Second)
	timer.Stop()
	look(timer)
	timer.Reset(time.Second)
	time.Sleep(2 * time.Second)
	timer.Reset(time.Second)
	look(timer)
	time.Sleep(time.Second)
	look(timer)
	look(timer)
}
