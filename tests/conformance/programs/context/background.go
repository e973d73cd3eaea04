// U225, J112: The context at the root is never cancelled, and has no deadline and no values.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx := context.Background()
	_, ok := ctx.Deadline()
	fmt.Println(ctx.Done() == nil, ctx.Err(), ok, ctx.Value("key"))
	fmt.Println(ctx, context.TODO())
	<-ctx.Done()
}
