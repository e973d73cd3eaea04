// E37: A receiver that waited gets the zero value and false.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	results := make(chan string)
	for range 3 {
		go func() {
			n, ok := <-c
			results <- fmt.Sprint(n, ok)
		}()
	}
	time.Sleep(time.Second)
	close(c)
	for range 3 {
		fmt.Println(<-results)
	}
}
