// T219: Range visits each key once, may delete, and stops on false.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var m sync.Map
	for n := range 6 {
		m.Store(n, n*n)
	}
	sum := 0
	m.Range(func(key, value any) bool {
		sum += value.(int)
		m.Delete(key)
		return true
	})
	fmt.Println(sum)
	m.Store("a", 1)
	m.Store("b", 2)
	visits := 0
	m.Range(func(key, value any) bool {
		visits++
		return false
	})
	fmt.Println(visits)
}
