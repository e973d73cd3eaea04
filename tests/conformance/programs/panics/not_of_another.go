// I86: Main can't recover the panic of another goroutine.
package main

import (
	"fmt"
	"time"
)

func worker() {
	panic("in the worker")
}

func main() {
	defer func() { fmt.Println("recovered:", recover()) }()
	go worker()
	time.Sleep(time.Second)
}
