// M156: While anybody runs the clock stands still.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	sum := 0
	for n := range 100_000 {
		sum += n
	}
	fmt.Println(sum, time.Since(start).Nanoseconds())
}
