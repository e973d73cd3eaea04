// G66: Leaving a case early leaves the select alone, not the loop around it.
package main

import "fmt"

func main() {
	c := make(chan int, 4)
	for n := range 4 {
		c <- n
	}
	for range 4 {
		select {
		case n := <-c:
			if n%2 == 0 {
				break
			}
			fmt.Println(n)
		}
		fmt.Println("next")
	}
}
