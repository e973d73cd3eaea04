// D26, K119: A receive from the nil channel blocks for ever.
package main

import "fmt"

func main() {
	var c chan int
	fmt.Println("before")
	fmt.Println(<-c)
}
