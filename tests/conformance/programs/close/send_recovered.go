// E34, E36, E41: The panic can be recovered, and the value is nowhere.
package main

import "fmt"

func trySend(c chan int, n int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered:", r)
		}
	}()
	c <- n
	fmt.Println("sent")
}

func main() {
	c := make(chan int, 2)
	trySend(c, 1)
	close(c)
	trySend(c, 2)
	for range 2 {
		n, ok := <-c
		fmt.Println(n, ok)
	}
}
