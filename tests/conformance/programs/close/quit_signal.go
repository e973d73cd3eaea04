// E32, G60: A closed channel tells many goroutines to stop.
package main

import (
	"fmt"
	"time"
)

func worker(quit chan struct{}, stopped chan bool) {
	for {
		select {
		case <-quit:
			stopped <- true
			return
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func main() {
	quit, stopped := make(chan struct{}), make(chan bool)
	for range 3 {
		go worker(quit, stopped)
	}
	time.Sleep(time.Second)
	close(quit)
	for range 3 {
		<-stopped
	}
	fmt.Println("all stopped")
}
