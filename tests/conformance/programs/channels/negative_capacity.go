// A2: A negative capacity panics.
package main

import "fmt"

func main() {
	size := -1
	jobs := make(chan int, size)
	fmt.Println(cap(jobs))
}
