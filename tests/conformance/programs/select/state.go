// K120, G68: Goroutines that wait in selects.
package main

import (
	"fmt"
	"time"
)

func worker(jobs, quit chan int) {
	select {
	case n := <-jobs:
		fmt.Println(n)
	case <-quit:
	}
}

func main() {
	jobs, quit, done := make(chan int), make(chan int), make(chan int)
	go worker(jobs, quit)
	go worker(jobs, quit)
	time.Sleep(time.Second)
	<-done
}
