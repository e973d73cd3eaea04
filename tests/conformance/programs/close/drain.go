// E32: After close the values that are left come first, then zero values for ever.
package main

import "fmt"

func main() {
	c := make(chan int, 2)
	c <- 7
	c <- 8
	close(c)
	for range 4 {
		n, ok := <-c
		fmt.Println(n, ok)
	}
}
