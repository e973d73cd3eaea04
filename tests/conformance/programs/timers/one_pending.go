// L145: Of the ticks that nobody read one is left.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(10 * time.Millisecond)
	time.Sleep(65 * time.Millisecond)
	count := 0
	for {
		select {
		case <-ticker.C:
			count++
			continue
		default:
		}
		break
	}
	fmt.Println(count)
}
