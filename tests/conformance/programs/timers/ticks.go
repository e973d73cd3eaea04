// L145: A ticker ticks on time, whatever the reader does meanwhile.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	ticker := time.NewTicker(time.Second)
	for range 4 {
		now := <-ticker.C
		fmt.Println("tick of", now.Sub(start).Milliseconds())
		time.Sleep(700 * time.Millisecond)
	}
}
