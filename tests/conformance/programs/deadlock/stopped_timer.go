// J110: Who waits for a timer that is stopped waits for ever.
package main

import (
	"fmt"
	"time"
)

func waiter(timer *time.Timer) {
	<-timer.C
}

func main() {
	timer := time.NewTimer(time.Hour)
	go waiter(timer)
	time.Sleep(time.Second)
	fmt.Println(timer.Stop())
	<-make(chan int)
}
