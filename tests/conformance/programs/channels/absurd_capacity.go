// A2: An absurd capacity panics too, with the same words.
package main

import "fmt"

func open(size int) {
	defer func() {
		fmt.Println(recover())
	}()
	jobs := make(chan int, size)
	fmt.Println(cap(jobs))
}

func main() {
	open(1 << 60)
	open(-5)
	open(2)
}
