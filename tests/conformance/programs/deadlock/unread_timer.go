// J108: A timer that nobody waits for puts nothing off.
package main

import "time"

func main() {
	timer := time.NewTimer(time.Hour)
	<-make(chan int)
	<-timer.C
}
