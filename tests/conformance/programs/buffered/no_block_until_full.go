// C21: A send doesn't block while there is room.
package main

import "fmt"

func main() {
	c := make(chan int, 3)
	for n := range 5 {
		select {
		case c <- n:
			fmt.Println("sent", n, len(c))
		default:
			fmt.Println("full", n, len(c))
		}
	}
}
