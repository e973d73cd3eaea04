// U231: A timeout that has passed already ends it at once.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	fmt.Println(ctx.Err())
	cancel()
	fmt.Println(ctx.Err())
	time.Sleep(time.Second)
	late, cancelLate := context.WithTimeout(context.Background(), -time.Second)
	defer cancelLate()
	<-late.Done()
	fmt.Println(late.Err())
}
