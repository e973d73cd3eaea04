// J102, K132: The creator is named when it has ended, too.
package main

import "time"

func leaf(c chan int) {
	<-c
}

func branch(c chan int) {
	go leaf(c)
}

func main() {
	c := make(chan int)
	go branch(c)
	time.Sleep(time.Second)
	<-c
}
