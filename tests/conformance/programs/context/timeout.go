// U227: A timeout ends it with words of its own, and the first reason stays.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond)
	fmt.Println(ctx.Err())
	<-ctx.Done()
	fmt.Println(ctx.Err())
	cancel()
	fmt.Println(ctx.Err())
}
