// A4, B13: A request carries the channel for its answer.
package main

import "fmt"

type request struct {
	number int
	answer chan int
}

func serve(requests chan request) {
	for r := range requests {
		r.answer <- r.number * 10
	}
}

func main() {
	requests := make(chan request)
	go serve(requests)
	for i := range 3 {
		r := request{i, make(chan int)}
		requests <- r
		fmt.Println(<-r.answer)
	}
}
