// L135: The channel of a timer looks empty, and yet is ready when it is due.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Second)
	fmt.Println(len(timer.C), cap(timer.C))
	time.Sleep(2 * time.Second)
	fmt.Println(len(timer.C), cap(timer.C))
	select {
	case <-timer.C:
		fmt.Println("ready")
	default:
		fmt.Println("not ready")
	}
}
