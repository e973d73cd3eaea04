// M156: Ten times a tenth of a second is a second.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	for range 10 {
		time.Sleep(100 * time.Millisecond)
	}
	fmt.Println(time.Since(start).Nanoseconds())
}
