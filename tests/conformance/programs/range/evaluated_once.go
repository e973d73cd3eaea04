// F46: The channel to range over is evaluated once.
package main

import "fmt"

func numbers() chan int {
	fmt.Println("evaluated")
	c := make(chan int, 2)
	c <- 1
	c <- 2
	close(c)
	return c
}

func main() {
	for n := range numbers() {
		fmt.Println(n)
	}
}
