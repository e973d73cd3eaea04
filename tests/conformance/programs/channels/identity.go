// A4: A channel equals itself alone, and is the key of a map.
package main

import "fmt"

func main() {
	a, b := make(chan int), make(chan int)
	same := a
	fmt.Println(a == same, a == b)
	names := map[chan int]string{a: "a", b: "b"}
	fmt.Println(names[same], names[b], len(names))
}
