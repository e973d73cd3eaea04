// I90: A panic shows its own goroutine alone.
package main

import "time"

func waiter(c chan int) {
	<-c
}

func worker() {
	time.Sleep(time.Second)
	panic("boom")
}

func main() {
	c := make(chan int)
	go waiter(c)
	go worker()
	<-c
}
