// U239: Stopped in time, the function is never started.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	stop := context.AfterFunc(ctx, func() { fmt.Println("never printed") })
	fmt.Println(stop(), stop())
	cancel()
	time.Sleep(time.Second)
	fmt.Println("done")
}
