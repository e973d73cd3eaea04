// S214: A Value takes no nil.
package main

import (
	"fmt"
	"sync/atomic"
)

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	var config atomic.Value
	config.Store("set")
	try(func() { config.Store(nil) })
	try(func() { config.Swap(nil) })
	try(func() { config.CompareAndSwap("set", nil) })
	fmt.Println(config.Load())
}
