// Q195: Only the first function is run, whatever the others are.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var once sync.Once
	for n := range 3 {
		once.Do(func() { fmt.Println("run", n) })
	}
	once.Do(func() { fmt.Println("another") })
	fmt.Println("done")
}
