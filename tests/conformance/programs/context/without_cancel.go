// U238: A context that keeps the values and ignores the cancel.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx := context.WithValue(context.Background(), "user", "ada")
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	free := context.WithoutCancel(ctx)
	cancel()
	_, ok := free.Deadline()
	fmt.Println(ctx.Err(), free.Err(), free.Done() == nil, ok, free.Value("user"), context.Cause(free))
}
