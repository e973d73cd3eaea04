// Q200: To do the nil function panics, and counts as done.
package main

import (
	"fmt"
	"sync"
)

func try(once *sync.Once, f func()) {
	defer func() { fmt.Println(recover()) }()
	once.Do(f)
}

func main() {
	var once sync.Once
	try(&once, nil)
	try(&once, func() { fmt.Println("never printed") })
}
