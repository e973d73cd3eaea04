// J109: So does one that a select waits for.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	select {
	case <-c:
	case <-time.After(time.Minute):
		fmt.Println("a minute later")
	}
	<-c
}
