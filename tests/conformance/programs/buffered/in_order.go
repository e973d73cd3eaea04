// C21: Values leave a buffer in the order in which they came.
package main

import "fmt"

func main() {
	c := make(chan string, 4)
	for _, word := range []string{"one", "two", "three", "four"} {
		c <- word
	}
	for range 4 {
		fmt.Println(<-c)
	}
}
