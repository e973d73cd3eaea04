// F45: A range waits for each value.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	go func() {
		for n := range 3 {
			time.Sleep(time.Second)
			c <- n
		}
		time.Sleep(time.Second)
		close(c)
	}()
	for n := range c {
		fmt.Println(n)
	}
	fmt.Println("done")
}
