// U230, U227: A deadline at a time of day.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	ctx, cancel := context.WithDeadline(context.Background(), start.Add(2*time.Second))
	defer cancel()
	time.Sleep(500 * time.Millisecond)
	when, ok := ctx.Deadline()
	fmt.Println(when.Sub(start).Milliseconds(), time.Until(when).Milliseconds(), ok)
	<-ctx.Done()
	fmt.Println(ctx.Err())
}
