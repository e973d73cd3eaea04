// Q197: A function that panics counts as done; only the first caller hears of it.
package main

import (
	"fmt"
	"sync"
)

func try(once *sync.Once, n int) {
	defer func() { fmt.Println(n, recover()) }()
	once.Do(func() { panic("boom") })
	fmt.Println(n, "returned")
}

func main() {
	var once sync.Once
	try(&once, 1)
	try(&once, 2)
}
