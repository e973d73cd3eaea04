// G52: A send evaluates the channel, then the value, and then it waits.
package main

import "fmt"

func channel(c chan int) chan int {
	fmt.Println("channel")
	return c
}

func value() int {
	fmt.Println("value")
	return 1
}

func main() {
	channel(nil) <- value()
}
