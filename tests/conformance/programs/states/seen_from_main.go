// K116, K117, K120, K121, K122, K130: The states of those that wait, seen from main.
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
	c, full := make(chan int), make(chan int)
	go func() { <-c }()
	go func() { <-c }()
	go func() { full <- 1 }()
	go func() {
		select {
		case <-c:
		case full <- 1:
		}
	}()
	go func() { select {} }()
	go func() { time.Sleep(time.Hour) }()
	time.Sleep(time.Second)
	text := dump()
	for _, state := range []string{"running", "chan receive", "chan send", "select", "select (no cases)", "sleep"} {
		fmt.Println(state, strings.Count(text, "["+state+"]:"))
	}
}
