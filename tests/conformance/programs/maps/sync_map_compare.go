// T218: A sync.Map compares before it swaps or deletes.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var m sync.Map
	m.Store("a", 1)
	fmt.Println(m.CompareAndSwap("a", 1, 2), m.CompareAndSwap("a", 1, 3), m.CompareAndSwap("b", 1, 2))
	fmt.Println(m.CompareAndDelete("a", 1), m.CompareAndDelete("a", 2), m.CompareAndDelete("a", 2))
	m.Store("x", 1)
	m.Clear()
	fmt.Println(m.Load("x"))
}
