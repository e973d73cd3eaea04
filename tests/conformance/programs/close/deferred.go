// E44, I88: A deferred close releases the readers also when the goroutine panics.
package main

import (
	"fmt"
	"time"
)

func produce(c chan int) {
	defer func() { fmt.Println("recovered:", recover()) }()
	defer close(c)
	c <- 1
	panic("out of paper")
}

func main() {
	c := make(chan int)
	go produce(c)
	for n := range c {
		fmt.Println(n)
		time.Sleep(time.Second)
	}
	time.Sleep(time.Second)
	fmt.Println("released")
}
