// S214: A Value keeps to the type that it was given first.
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
	try(func() { config.Store(1) })
	try(func() { config.Swap(1) })
	try(func() { config.CompareAndSwap(1, "new") })
	try(func() { config.CompareAndSwap("set", 1) })
	fmt.Println(config.Load())
}
