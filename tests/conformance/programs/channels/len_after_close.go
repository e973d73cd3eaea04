// A6: Length and capacity are still told after close.
package main

import "fmt"

func main() {
	c := make(chan string, 3)
	c <- "a"
	c <- "b"
	close(c)
	fmt.Println(len(c), cap(c))
	<-c
	<-c
	<-c
	fmt.Println(len(c), cap(c))
}
