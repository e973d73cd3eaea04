// G54, G62: Of two values for one channel either may be sent.
package main

import "fmt"

func main() {
	c := make(chan int, 1)
	ones := 0
	for range 400 {
		select {
		case c <- 0:
		case c <- 1:
		}
		ones += <-c
	}
	fmt.Println(ones > 100, ones < 300)
}
