// G53, L134: An answer in time, and one that comes too late.
package main

import (
	"fmt"
	"time"
)

func answer(delay time.Duration) chan string {
	c := make(chan string, 1)
	go func() {
		time.Sleep(delay)
		c <- "answer"
	}()
	return c
}

func ask(delay time.Duration) {
	select {
	case text := <-answer(delay):
		fmt.Println(text)
	case <-time.After(time.Second):
		fmt.Println("too late")
	}
}

func main() {
	ask(500 * time.Millisecond)
	ask(1500 * time.Millisecond)
}
