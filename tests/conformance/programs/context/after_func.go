// U239: A function that is started when the context ends.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	done := make(chan string)
	stop := context.AfterFunc(ctx, func() { done <- ctx.Err().Error() })
	fmt.Println(<-done)
	fmt.Println(stop())
	context.AfterFunc(ctx, func() { done <- "at once" })
	fmt.Println(<-done)
}
