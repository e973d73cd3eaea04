// U226, G53: A cancelled context stops a generator that waits to send.
package main

import (
	"context"
	"fmt"
	"runtime"
)

func count(ctx context.Context, out chan<- int, stopped chan<- error) {
	for n := 0; ; n++ {
		select {
		case out <- n:
		case <-ctx.Done():
			stopped <- ctx.Err()
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	numbers, stopped := make(chan int), make(chan error)
	go count(ctx, numbers, stopped)
	for n := range numbers {
		fmt.Println(n)
		if n == 3 {
			break
		}
	}
	cancel()
	fmt.Println(<-stopped)
	fmt.Println(runtime.NumGoroutine() <= 2)
}
