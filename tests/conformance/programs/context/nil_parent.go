// U235: A context without a parent.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(nil)
	defer cancel()
	fmt.Println(ctx)
}
