// D26, J102: A worker that was given no channel never ends.
package main

import "fmt"

func worker(jobs chan int) {
	fmt.Println(<-jobs)
}

func main() {
	var jobs chan int
	done := make(chan bool)
	go worker(jobs)
	<-done
}
