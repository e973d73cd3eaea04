// S215: A Value that holds a list can't compare it.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var config atomic.Value
	config.Store([]int{1})
	defer func() { fmt.Println(recover()) }()
	config.CompareAndSwap([]int{1}, []int{2})
}
