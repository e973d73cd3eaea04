// A3: The nil channel prints as <nil>.
package main

import "fmt"

func main() {
	var c chan int
	fmt.Println(c)
}
