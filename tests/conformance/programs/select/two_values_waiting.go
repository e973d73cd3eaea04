// G62, G68: The same when the select has to wait.
package main

import "fmt"

func bits(c chan int) {
	for {
		select {
		case c <- 0:
		case c <- 1:
		}
	}
}

func main() {
	c := make(chan int)
	go bits(c)
	ones := 0
	for range 400 {
		ones += <-c
	}
	fmt.Println(ones > 0, ones < 400)
}
