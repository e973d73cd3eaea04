// U239, I89: A panic in the function that a cancel starts.
package main

import (
	"context"
	"time"
)

func alarm() {
	panic("cancelled")
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, alarm)
	cancel()
	time.Sleep(time.Second)
}
