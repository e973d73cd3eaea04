// G59, H74: The others run on beside it.
package main

import (
	"fmt"
	"time"
)

func worker() {
	for n := range 3 {
		time.Sleep(time.Second)
		fmt.Println(n)
	}
}

func main() {
	go worker()
	select {}
}
