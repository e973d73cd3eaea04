// U234: Keys of different types are different keys.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx := context.WithValue(context.Background(), 1, "an integer")
	fmt.Println(ctx.Value(1), ctx.Value(1.0), ctx.Value("1"), ctx.Value(true))
}
