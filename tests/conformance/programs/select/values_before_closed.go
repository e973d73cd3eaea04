// G69: A select reads what is left before it sees the close.
package main

import "fmt"

func main() {
	c, other := make(chan int, 2), make(chan int)
	c <- 1
	c <- 2
	close(c)
	for range 3 {
		select {
		case n, ok := <-c:
			fmt.Println(n, ok)
		case <-other:
		}
	}
}
