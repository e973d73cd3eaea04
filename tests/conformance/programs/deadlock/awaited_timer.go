// J109: A timer that somebody waits for puts it off.
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
	go waiter(time.NewTimer(time.Hour))
	<-make(chan int)
}
