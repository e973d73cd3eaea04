// U226, G60: A cancelled context stops all that watch it.
package main

import (
	"context"
	"fmt"
	"time"
)

func worker(ctx context.Context, stopped chan bool) {
	for {
		select {
		case <-ctx.Done():
			stopped <- true
			return
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan bool)
	for range 3 {
		go worker(ctx, stopped)
	}
	time.Sleep(time.Second)
	cancel()
	for range 3 {
		<-stopped
	}
	fmt.Println("all stopped:", ctx.Err())
}
