// L149: What is due in the past is due now.
package main

import (
	"fmt"
	"time"
)

func main() {
	<-time.After(-time.Second)
	fmt.Println("after")
	<-time.NewTimer(-time.Hour).C
	fmt.Println("timer")
	done := make(chan string)
	time.AfterFunc(-time.Second, func() { done <- "function" })
	fmt.Println(<-done)
}
