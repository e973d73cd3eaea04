// S211: A counter wraps around.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	n.Store(1<<63 - 1)
	fmt.Println(n.Add(1))
}
