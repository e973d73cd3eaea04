// G71: A value is sent into the channel that was received just before.
package main

import "fmt"

func main() {
	channels := make(chan chan int, 1)
	c := make(chan int, 1)
	channels <- c
	(<-channels) <- 2
	fmt.Println(<-c)
}
