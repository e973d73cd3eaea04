// L145, G53: A ticker and the end, in one select.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(500 * time.Millisecond)
	done := time.After(1800 * time.Millisecond)
	for n := 0; ; n++ {
		select {
		case <-ticker.C:
			fmt.Println("tick", n)
		case <-done:
			fmt.Println("done after", n)
			return
		}
	}
}
