// L137, L138: Who waits for a timer wakes at its new time.
package main

import (
	"fmt"
	"time"
)

func waiter(timer *time.Timer, done chan bool) {
	<-timer.C
	fmt.Println("it fired")
	done <- true
}

func main() {
	done := make(chan bool)
	later := time.NewTimer(2 * time.Second)
	go waiter(later, done)
	time.Sleep(time.Second)
	fmt.Println(later.Reset(3 * time.Second))
	<-done
	sooner := time.NewTimer(time.Hour)
	go waiter(sooner, done)
	time.Sleep(time.Second)
	fmt.Println(sooner.Reset(time.Second))
	<-done
}
