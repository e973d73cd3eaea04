// M156: The clock jumps to the next timer when all wait: six hours pass at once.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	for range 3 {
		time.Sleep(2 * time.Hour)
		fmt.Println(time.Since(start).Milliseconds())
	}
	<-make(chan int)
}
