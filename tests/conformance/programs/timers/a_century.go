// L154: A timer may be due in a hundred years.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(100 * 365 * 24 * time.Hour)
	select {
	case <-timer.C:
		fmt.Println("a century later")
	case <-time.After(time.Second):
		fmt.Println("a second later")
	}
	fmt.Println(timer.Stop())
	time.Sleep(100 * 365 * 24 * time.Hour)
	fmt.Println("now")
}
