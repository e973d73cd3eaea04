// H74: When main returns the program is over, whoever still waits or sleeps.
package main

import (
	"fmt"
	"time"
)

func waiter(c chan int) {
	defer fmt.Println("the waiter's deferred call")
	<-c
}

func sleeper() {
	defer fmt.Println("the sleeper's deferred call")
	time.Sleep(2 * time.Second)
	fmt.Println("the sleeper wakes")
}

func main() {
	go waiter(make(chan int))
	go sleeper()
	time.Sleep(time.Second)
	fmt.Println("main returns")
}
