// B17, K117: A lone goroutine can't receive from itself.
package main

import "fmt"

func main() {
	c := make(chan int)
	fmt.Println(<-c)
	c <- 1
}
