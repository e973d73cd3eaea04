// L150: Timers fire in the order of their times.
package main

import (
	"fmt"
	"time"
)

func main() {
	for _, n := range []int{30, 10, 20, 50, 40} {
		time.AfterFunc(time.Duration(n)*time.Millisecond, func() { fmt.Println(n) })
	}
	time.Sleep(time.Second)
}
