// E39: The values in the buffer stay; that of the waiting sender is lost.
package main

import (
	"fmt"
	"time"
)

func sender(c chan int) {
	defer func() { fmt.Println(recover()) }()
	c <- 2
}

func main() {
	c := make(chan int, 1)
	c <- 1
	go sender(c)
	time.Sleep(time.Second)
	close(c)
	time.Sleep(time.Second)
	for range 2 {
		n, ok := <-c
		fmt.Println(n, ok)
	}
}
