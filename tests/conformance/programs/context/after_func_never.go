// U240: Of a context that never ends it never is.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	stop := context.AfterFunc(context.Background(), func() { fmt.Println("never printed") })
	time.Sleep(time.Second)
	fmt.Println(stop())
}
