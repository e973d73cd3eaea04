// A5: The length counts the buffer, not the senders that wait.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int, 2)
	for i := range 5 {
		go func() { c <- i }()
	}
	time.Sleep(time.Millisecond)
	fmt.Println(len(c), cap(c))
}
