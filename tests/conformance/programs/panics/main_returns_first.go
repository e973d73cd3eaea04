// I85, H74: Main returns while another's deferred call still waits.
package main

import (
	"fmt"
	"time"
)

func worker() {
	defer time.Sleep(time.Minute)
	panic("boom")
}

func main() {
	go worker()
	time.Sleep(time.Second)
	fmt.Println("main returns")
}
