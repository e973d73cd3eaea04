// D28, K119: A range over the nil channel blocks for ever.
package main

import "fmt"

func main() {
	var c chan int
	for n := range c {
		fmt.Println(n)
	}
}
