// F45, B16: Two that range over one channel share its values.
package main

import (
	"fmt"
	"time"
)

func read(c chan int, counts chan int) {
	count := 0
	for range c {
		count++
		time.Sleep(time.Second)
	}
	counts <- count
}

func main() {
	c, counts := make(chan int), make(chan int)
	go read(c, counts)
	go read(c, counts)
	for n := range 10 {
		c <- n
	}
	close(c)
	fmt.Println(<-counts + <-counts)
}
