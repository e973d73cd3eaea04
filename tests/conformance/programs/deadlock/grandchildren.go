// J102, K132: The dump says which goroutine started which.
package main

import "time"

func leaf(c chan int) {
	<-c
}

func branch(c chan int) {
	go leaf(c)
	<-c
}

func main() {
	c := make(chan int)
	go branch(c)
	time.Sleep(time.Second)
	go branch(c)
	<-c
}
