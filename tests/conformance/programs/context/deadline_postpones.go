// U227, J107: A context's deadline puts a deadlock off until it has passed.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	<-make(chan int)
	fmt.Println(ctx.Err())
}
