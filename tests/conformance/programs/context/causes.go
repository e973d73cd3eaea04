// U236: The cause tells why; the first one counts, the context's own or one from above.
package main

import (
	"context"
	"errors"
	"fmt"
)

func main() {
	parent, cancelParent := context.WithCancelCause(context.Background())
	child, cancelChild := context.WithCancelCause(parent)
	other, cancelOther := context.WithCancelCause(parent)
	fmt.Println(context.Cause(child))
	cancelChild(errors.New("too slow"))
	cancelChild(errors.New("too late"))
	cancelParent(errors.New("shut down"))
	cancelOther(errors.New("after all"))
	fmt.Println(context.Cause(child), child.Err())
	fmt.Println(context.Cause(parent))
	fmt.Println(context.Cause(other))
	plain, cancelPlain := context.WithCancelCause(context.Background())
	cancelPlain(nil)
	fmt.Println(context.Cause(plain))
}
