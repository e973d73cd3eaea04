// G54: A channel that is listed twice is drawn twice as often.
package main

import "fmt"

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	fromA := 0
	for range 3000 {
		a <- 1
		b <- 1
		select {
		case <-a:
			fromA++
			<-b
		case <-a:
			fromA++
			<-b
		case <-b:
			<-a
		}
	}
	fmt.Println(fromA > 1800, fromA < 2200)
}
