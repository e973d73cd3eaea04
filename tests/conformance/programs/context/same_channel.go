// U233: Done gives the same channel each time, also below with a value.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	below := context.WithValue(ctx, "key", 1)
	fmt.Println(ctx.Done() == ctx.Done(), below.Done() == ctx.Done())
}
