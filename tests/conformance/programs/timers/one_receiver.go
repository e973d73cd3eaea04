// L152: Of several that wait for a timer one gets its value.
package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Second)
	got := 0
	for range 3 {
		go func() {
			<-timer.C
			got++
		}()
	}
	time.Sleep(5 * time.Second)
	fmt.Println(got)
}
