// A3: The nil channel has length 0 and capacity 0, and equals itself.
package main

import "fmt"

func main() {
	var c, d chan int
	fmt.Println(len(c), cap(c), c == nil, c == d)
	fmt.Println(c == make(chan int))
}
