// U237: A timeout with a cause; a plain cancel does not use it.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func main() {
	slow := errors.New("the printer is slow")
	late, cancelLate := context.WithTimeoutCause(context.Background(), time.Second, slow)
	defer cancelLate()
	early, cancelEarly := context.WithTimeoutCause(context.Background(), time.Second, slow)
	cancelEarly()
	<-late.Done()
	fmt.Println(context.Cause(late), late.Err())
	fmt.Println(context.Cause(early), early.Err())
}
