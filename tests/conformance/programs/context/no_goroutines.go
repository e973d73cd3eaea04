// U241, H80: Contexts of the package need no goroutine.
package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	child, cancelChild := context.WithCancel(ctx)
	stop := context.AfterFunc(child, func() {})
	fmt.Println(runtime.NumGoroutine())
	stop()
	cancelChild()
	cancel()
	fmt.Println(runtime.NumGoroutine())
}
