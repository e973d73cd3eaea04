// S213: The zero values are 0 and false.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	var b atomic.Bool
	fmt.Println(n.Load(), b.Load(), b.Swap(true), b.Load(), b.CompareAndSwap(true, false), b.Load())
}
