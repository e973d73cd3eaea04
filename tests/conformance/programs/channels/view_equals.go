// A4, A8: A channel's directional views equal the channel.
package main

import "fmt"

func main() {
	c := make(chan int, 1)
	var in chan<- int = c
	var out <-chan int = c
	fmt.Println(in == c, out == c)
	in <- 7
	fmt.Println(<-out, len(in), cap(out))
}
