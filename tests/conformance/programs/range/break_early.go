// F48: Leaving the loop leaves the rest in the channel.
package main

import "fmt"

func main() {
	c := make(chan int, 5)
	for n := range 5 {
		c <- n
	}
	for n := range c {
		if n == 2 {
			break
		}
	}
	fmt.Println(len(c), <-c)
}
