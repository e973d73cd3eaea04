// K117: To wait for a timer is to receive from a channel.
package main

import "time"

func waiter(timer *time.Timer) {
	<-timer.C
}

func main() {
	timer := time.NewTimer(time.Second)
	timer.Stop()
	go waiter(timer)
	waiter(timer)
}
