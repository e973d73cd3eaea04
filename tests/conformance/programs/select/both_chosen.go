// G53: Of two cases that are ready neither has priority.
package main

import "fmt"

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	chosen := [2]int{}
	for range 1000 {
		a <- 1
		b <- 1
		select {
		case <-a:
			chosen[0]++
			<-b
		case <-b:
			chosen[1]++
			<-a
		}
	}
	fmt.Println(chosen[0] > 400, chosen[1] > 400)
}
