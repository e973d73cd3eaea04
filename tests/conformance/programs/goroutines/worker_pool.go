// H76, F45: Three workers share nine jobs of a second.
package main

import (
	"fmt"
	"time"
)

func work(jobs, results chan int) {
	for n := range jobs {
		time.Sleep(time.Second)
		results <- n * n
	}
}

func main() {
	jobs, results := make(chan int), make(chan int, 9)
	for range 3 {
		go work(jobs, results)
	}
	for n := range 9 {
		jobs <- n
	}
	close(jobs)
	sum := 0
	for range 9 {
		sum += <-results
	}
	fmt.Println(sum)
}
