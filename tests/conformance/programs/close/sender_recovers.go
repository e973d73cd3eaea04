// E38: It panics in its own goroutine, and can recover there.
package main

import (
	"fmt"
	"time"
)

func worker(c chan int, done chan bool) {
	defer func() {
		fmt.Println("recovered:", recover())
		done <- true
	}()
	c <- 1
}

func main() {
	c, done := make(chan int), make(chan bool)
	go worker(c, done)
	time.Sleep(time.Second)
	close(c)
	<-done
	_, ok := <-c
	fmt.Println(ok)
}
