// I85, I89: A panic in any goroutine ends the program; only its own deferred calls run.
package main

import (
	"fmt"
	"time"
)

func worker() {
	defer fmt.Println("the worker's deferred call")
	time.Sleep(time.Second)
	panic("boom")
}

func main() {
	defer fmt.Println("main's deferred call")
	go worker()
	time.Sleep(2 * time.Second)
	fmt.Println("never printed")
}
