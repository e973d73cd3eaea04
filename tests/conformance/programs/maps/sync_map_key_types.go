// T218: Keys of different types are different keys.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var m sync.Map
	m.Store(1, "an integer")
	m.Store(1.0, "a float")
	m.Store(true, "a truth value")
	fmt.Println(m.Load(1))
	fmt.Println(m.Load(1.0))
	fmt.Println(m.Load(true))
}
