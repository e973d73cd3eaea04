// V247: The first error cancels the group's context, with it as the cause.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"conformance/errgroup"
)

func work(ctx context.Context, delay time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(delay):
		return errors.New("disk full")
	}
}

func main() {
	g, ctx := errgroup.WithContext(context.Background())
	for n := range 3 {
		g.Go(func() error { return work(ctx, time.Duration(n+1)*time.Second) })
	}
	fmt.Println(g.Wait())
	fmt.Println(ctx.Err())
	fmt.Println(context.Cause(ctx))
}
