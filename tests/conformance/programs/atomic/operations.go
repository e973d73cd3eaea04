// S212: What the operations give back: add the new value, swap the old one.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	n.Store(5)
	fmt.Println(n.Load(), n.Add(2), n.Swap(10), n.Load())
	fmt.Println(n.CompareAndSwap(10, 11), n.CompareAndSwap(10, 12), n.Load())
}
