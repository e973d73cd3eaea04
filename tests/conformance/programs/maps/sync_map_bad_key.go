// T220: What can't be hashed is no key.
package main

import (
	"fmt"
	"sync"
)

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	var m sync.Map
	try(func() { m.Store([]int{1}, 1) })
	try(func() { m.Load([]int{1}) })
}
