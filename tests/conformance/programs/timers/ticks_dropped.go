// L145, L146: A slow reader misses ticks, and the phase stays.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	ticker := time.NewTicker(20 * time.Millisecond)
	for range 5 {
		time.Sleep(50 * time.Millisecond)
		fmt.Println("tick of", (<-ticker.C).Sub(start).Milliseconds())
	}
}
