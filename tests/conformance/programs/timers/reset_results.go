// L138: Reset tells whether the timer was active.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Second)
	fmt.Println(timer.Reset(2 * time.Second))
	<-timer.C
	fmt.Println(timer.Reset(time.Second))
	time.Sleep(5 * time.Second)
	fmt.Println(timer.Reset(time.Second))
	timer.Stop()
	fmt.Println(timer.Reset(time.Second))
	<-timer.C
	fmt.Println("fired")
}
