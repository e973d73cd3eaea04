// G60: A case that receives from a closed channel is always ready.
package main

import "fmt"

func main() {
	closed, other := make(chan int), make(chan int)
	close(closed)
	for range 3 {
		select {
		case n, ok := <-closed:
			fmt.Println(n, ok)
		case <-other:
			fmt.Println("never")
		}
	}
}
