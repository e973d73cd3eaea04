// L139: The old way to drain a timer blocks for ever when its value was read.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Second)
	<-timer.C
	if !timer.Stop() {
		fmt.Println("draining")
		<-timer.C
	}
}
