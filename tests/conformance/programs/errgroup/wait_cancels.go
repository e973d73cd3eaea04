// V247: Wait cancels the context also when there was no error.
package main

import (
	"context"
	"fmt"
	"time"

	"conformance/errgroup"
)

func main() {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error {
		time.Sleep(time.Second)
		return nil
	})
	fmt.Println(ctx.Err())
	fmt.Println(g.Wait())
	fmt.Println(ctx.Err())
	fmt.Println(context.Cause(ctx))
}
