// U229: What derives from a cancelled context is cancelled.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	parent, cancel := context.WithCancel(context.Background())
	cancel()
	child, cancelChild := context.WithTimeout(parent, time.Hour)
	defer cancelChild()
	fmt.Println(child.Err())
	<-child.Done()
	fmt.Println("done")
}
