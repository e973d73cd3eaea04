// L134: A timer sends the time at which it was due, not that of the receive.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	c := time.After(time.Second)
	time.Sleep(3 * time.Second)
	fmt.Println((<-c).Sub(start).Milliseconds())
}
