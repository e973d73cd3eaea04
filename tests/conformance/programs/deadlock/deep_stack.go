// J102, K132: The dump shows the way to where each one waits.
package main

import "fmt"

func take(c chan int) int {
	return <-c
}

func following(c chan int) int {
	return take(c) + 1
}

func worker(c chan int) {
	fmt.Println(following(c))
}

func main() {
	c := make(chan int)
	go worker(c)
	fmt.Println(following(c))
}
