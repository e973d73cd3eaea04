// L140: A function due later runs in a goroutine of its own, and has no channel.
package main

import (
	"fmt"
	"time"
)

func main() {
	done := make(chan string)
	timer := time.AfterFunc(time.Second, func() { done <- "fired" })
	fmt.Println(timer.C == nil)
	fmt.Println(<-done)
}
