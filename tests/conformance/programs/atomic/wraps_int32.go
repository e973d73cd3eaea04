// S211: So does a smaller one, earlier.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var n atomic.Int32
	n.Store(1<<31 - 1)
	fmt.Println(n.Add(1))
	var u atomic.Uint32
	fmt.Println(u.Add(^uint32(0)), u.Add(1))
}
