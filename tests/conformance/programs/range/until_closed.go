// F45: A range ends when the channel is closed and drained.
package main

import "fmt"

func main() {
	c := make(chan int, 3)
	for n := range 3 {
		c <- n
	}
	close(c)
	for n := range c {
		fmt.Println(n)
	}
	fmt.Println("done")
}
