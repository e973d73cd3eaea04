// J101, J102: Each waits for the other's value.
package main

func worker(a, b chan int) {
	b <- <-a
}

func main() {
	a, b := make(chan int), make(chan int)
	go worker(a, b)
	a <- <-b
}
