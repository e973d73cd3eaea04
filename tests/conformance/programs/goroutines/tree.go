// H76: Each starts two more, down to the leaves.
package main

import "fmt"

func sum(depth int, out chan int) {
	if depth == 0 {
		out <- 1
		return
	}
	results := make(chan int)
	go sum(depth-1, results)
	go sum(depth-1, results)
	out <- <-results + <-results
}

func main() {
	out := make(chan int)
	go sum(8, out)
	fmt.Println(<-out)
}
