// L148: Who waits for a ticker follows its new period.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	ticker := time.NewTicker(time.Second)
	go func() {
		time.Sleep(2500 * time.Millisecond)
		ticker.Reset(300 * time.Millisecond)
	}()
	for range 6 {
		fmt.Println("tick of", (<-ticker.C).Sub(start).Milliseconds())
	}
}
