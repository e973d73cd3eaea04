// A8, A11: A stage receives from one direction, sends to the other and closes it.
package main

import "fmt"

func count(out chan<- int) {
	for i := range 4 {
		out <- i
	}
	close(out)
}

func square(in <-chan int, out chan<- int) {
	for n := range in {
		out <- n * n
	}
	close(out)
}

func main() {
	numbers, squares := make(chan int), make(chan int)
	go count(numbers)
	go square(numbers, squares)
	for n := range squares {
		fmt.Println(n)
	}
}
