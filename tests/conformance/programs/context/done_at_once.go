// U226: When cancel returns all below are done.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	below := ctx
	for range 10 {
		below, _ = context.WithCancel(below)
	}
	cancel()
	select {
	case <-below.Done():
		fmt.Println("done")
	default:
		fmt.Println("not yet")
	}
}
