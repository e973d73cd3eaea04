// E43, E37: To close while another receives is no mistake.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	sum := make(chan int)
	go func() {
		total := 0
		for n := range c {
			total += n
			time.Sleep(time.Second)
		}
		sum <- total
	}()
	for n := range 4 {
		c <- n
	}
	close(c)
	fmt.Println(<-sum)
}
