// K118, K119: The states of those that wait at the nil channel.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

func dump() string {
	buffer := make([]byte, 1<<16)
	return string(buffer[:runtime.Stack(buffer, true)])
}

func main() {
	var c chan int
	go func() { <-c }()
	go func() { c <- 1 }()
	time.Sleep(time.Second)
	text := dump()
	fmt.Println(strings.Count(text, "[chan receive (nil chan)]:"), strings.Count(text, "[chan send (nil chan)]:"))
}
