// G65: A close wakes a select that waits, with that case and false.
package main

import (
	"fmt"
	"time"
)

func main() {
	a, b, c := make(chan int), make(chan int), make(chan int)
	go func() {
		time.Sleep(time.Second)
		close(b)
	}()
	select {
	case n, ok := <-a:
		fmt.Println("a", n, ok)
	case n, ok := <-b:
		fmt.Println("b", n, ok)
	case n, ok := <-c:
		fmt.Println("c", n, ok)
	}
}
