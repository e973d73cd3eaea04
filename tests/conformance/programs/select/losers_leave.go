// G61: What was not chosen leaves no offer behind.
package main

import (
	"fmt"
	"time"
)

func main() {
	a, b := make(chan int), make(chan int)
	done := make(chan bool)
	go func() {
		select {
		case n := <-a:
			fmt.Println("a", n)
		case n := <-b:
			fmt.Println("b", n)
		case b <- 99:
			fmt.Println("sent")
		}
		done <- true
	}()
	time.Sleep(time.Second)
	a <- 1
	<-done
	select {
	case b <- 2:
		fmt.Println("somebody took it")
	case n := <-b:
		fmt.Println("somebody sent", n)
	default:
		fmt.Println("nobody there")
	}
}
