// H74, H76: A goroutine lives on when the one that started it has ended.
package main

import (
	"fmt"
	"time"
)

func child(done chan string) {
	time.Sleep(time.Second)
	done <- "the child"
}

func parent(done chan string) {
	go child(done)
	done <- "the parent"
}

func main() {
	done := make(chan string)
	go parent(done)
	fmt.Println(<-done)
	fmt.Println(<-done)
}
