// A1: Without a capacity, or with 0, a channel is unbuffered.
package main

import "fmt"

func main() {
	fmt.Println(cap(make(chan int)), cap(make(chan int, 0)), cap(make(chan int, 3)))
}
