// C21: A producer runs ahead as far as the buffer reaches.
package main

import (
	"fmt"
	"time"
)

func produce(c chan int) {
	for n := range 5 {
		c <- n
		fmt.Println("made", n)
		time.Sleep(10 * time.Millisecond)
	}
	close(c)
}

func main() {
	c := make(chan int, 2)
	go produce(c)
	time.Sleep(time.Second + time.Millisecond)
	for n := range c {
		time.Sleep(time.Millisecond)
		fmt.Println("took", n)
		time.Sleep(999 * time.Millisecond)
	}
}
