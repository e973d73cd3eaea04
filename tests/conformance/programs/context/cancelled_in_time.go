// U227, U228: Cancelled before its deadline, by another goroutine.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	go func() {
		time.Sleep(time.Second)
		cancel()
	}()
	<-ctx.Done()
	fmt.Println(ctx.Err())
	time.Sleep(time.Hour)
	fmt.Println(ctx.Err())
}
