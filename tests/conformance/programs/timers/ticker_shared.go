// L145, L152: Two read one ticker: each tick goes to one of them.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Second)
	ticks := make(chan bool)
	for range 2 {
		go func() {
			for range ticker.C {
				ticks <- true
			}
		}()
	}
	for n := range 5 {
		<-ticks
		fmt.Println(n)
	}
}
