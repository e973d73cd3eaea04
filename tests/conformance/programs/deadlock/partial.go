// J106: If main goes on, nobody hears of the others that are stuck.
package main

import (
	"fmt"
	"time"
)

func worker(c chan int) {
	c <- 1
	fmt.Println("never printed")
}

func main() {
	c := make(chan int)
	for range 3 {
		go worker(c)
	}
	time.Sleep(time.Second)
	fmt.Println("main is done")
}
