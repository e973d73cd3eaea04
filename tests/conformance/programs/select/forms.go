// G67: Values may be used or thrown away.
package main

import "fmt"

func main() {
	c := make(chan int, 4)
	var n int
	var ok bool
	for i := range 3 {
		c <- i
	}
	select {
	case <-c:
		fmt.Println("one thrown away")
	}
	select {
	case n = <-c:
		fmt.Println(n)
	}
	select {
	case n, ok = <-c:
		fmt.Println(n, ok)
	}
	select {
	case c <- 10:
		fmt.Println(len(c))
	}
}
