// U243: Who waits for a context that nobody cancels waits for ever.
package main

import (
	"context"
	"time"
)

func worker(ctx context.Context) {
	<-ctx.Done()
}

func main() {
	ctx, _ := context.WithCancel(context.Background())
	go worker(ctx)
	time.Sleep(time.Second)
	worker(ctx)
}
