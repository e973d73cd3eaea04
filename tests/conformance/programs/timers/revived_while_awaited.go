// L138, J110: A stopped timer that somebody waits for is revived by Reset.
package main

import (
	"fmt"
	"time"
)

func waiter(timer *time.Timer) {
	<-timer.C
	fmt.Println("it fired")
}

func main() {
	timer := time.NewTimer(2 * time.Second)
	go waiter(timer)
	time.Sleep(time.Second)
	fmt.Println(timer.Stop())
	time.Sleep(5 * time.Second)
	fmt.Println(timer.Reset(time.Second))
	time.Sleep(2 * time.Second)
}
