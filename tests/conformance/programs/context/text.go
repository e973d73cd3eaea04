// U242: A context prints as the way in which it was made.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	fmt.Println(ctx)
	fmt.Println(context.WithoutCancel(ctx))
	under, cancelUnder := context.WithCancelCause(context.TODO())
	cancelUnder(nil)
	fmt.Println(under)
}
