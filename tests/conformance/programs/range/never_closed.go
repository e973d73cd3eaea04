// F49, J101: Who forgets to close leaves the reader waiting.
package main

import "fmt"

func produce(c chan int) {
	for n := range 3 {
		c <- n
	}
}

func main() {
	c := make(chan int)
	go produce(c)
	for n := range c {
		fmt.Println(n)
	}
}
