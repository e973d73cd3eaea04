// U236, U237: Without a cause of its own the reason is the cause.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	late, cancelLate := context.WithTimeout(context.Background(), time.Second)
	defer cancelLate()
	early, cancelEarly := context.WithTimeout(context.Background(), time.Second)
	cancelEarly()
	<-late.Done()
	fmt.Println(context.Cause(late))
	fmt.Println(context.Cause(early))
	fmt.Println(context.Cause(context.Background()))
}
