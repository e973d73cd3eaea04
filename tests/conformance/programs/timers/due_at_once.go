// L151: A timer of no duration is ready without anybody having waited.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(0)
	select {
	case <-timer.C:
		fmt.Println("ready")
	default:
		fmt.Println("not ready")
	}
}
