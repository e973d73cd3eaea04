// B17, K116: A lone goroutine can't send to itself.
package main

import "fmt"

func main() {
	c := make(chan int)
	c <- 1
	fmt.Println(<-c)
}
