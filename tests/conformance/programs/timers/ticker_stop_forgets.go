// L137, L147: A tick that nobody has read is gone after Stop.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Second)
	time.Sleep(1500 * time.Millisecond)
	ticker.Stop()
	select {
	case <-ticker.C:
		fmt.Println("a tick")
	default:
		fmt.Println("none")
	}
}
