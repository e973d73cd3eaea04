// K130: A goroutine that was started and has not run yet is runnable.
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

func worker() {}

func main() {
	go worker()
	go worker()
	fmt.Println(strings.Count(dump(), "[runnable]:"))
	time.Sleep(time.Second)
	fmt.Println(strings.Count(dump(), "[runnable]:"))
}
