// G51: Where the value goes is looked up after the receive: the value is consumed.
package main

import "fmt"

func index() int {
	fmt.Println("which place?")
	return 1
}

func main() {
	c := make(chan int, 2)
	c <- 7
	c <- 8
	places := make([]int, 2)
	select {
	case places[index()] = <-c:
	}
	fmt.Println(places[0], places[1], len(c))
}
