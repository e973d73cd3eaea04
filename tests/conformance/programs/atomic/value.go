// S214: A Value holds nil at first, then what was stored.
package main

import (
	"fmt"
	"sync/atomic"
)

func main() {
	var config atomic.Value
	fmt.Println(config.Load())
	config.Store("first")
	fmt.Println(config.Load(), config.Swap("second"), config.Load())
	fmt.Println(config.CompareAndSwap("second", "third"), config.CompareAndSwap("second", "x"), config.Load())
}
