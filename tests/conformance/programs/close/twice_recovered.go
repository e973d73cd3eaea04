// E35, E36: Two who both close: the second is told.
package main

import "fmt"

func finish(c chan int, done chan string) {
	defer func() { done <- fmt.Sprint(recover()) }()
	close(c)
}

func main() {
	c, done := make(chan int), make(chan string)
	go finish(c, done)
	fmt.Println(<-done)
	go finish(c, done)
	fmt.Println(<-done)
	fmt.Println(<-c)
}
