// C21, K116: One value more than the buffer holds.
package main

import "fmt"

func main() {
	c := make(chan int, 2)
	for n := range 3 {
		c <- n
		fmt.Println("sent", n)
	}
}
