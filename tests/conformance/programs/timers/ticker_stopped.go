// L147: A stopped ticker is not closed; it is never ready again.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Second)
	<-ticker.C
	time.Sleep(1500 * time.Millisecond)
	ticker.Stop()
	select {
	case _, ok := <-ticker.C:
		fmt.Println("received", ok)
	case <-time.After(5 * time.Second):
		fmt.Println("nothing")
	}
}
