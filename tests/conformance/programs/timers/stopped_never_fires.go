// L155: A stopped function never runs.
package main

import (
	"fmt"
	"time"
)

func main() {
	fired := 0
	for i := range 10 {
		timer := time.AfterFunc(time.Duration(i+1)*time.Second, func() { fired++ })
		if i%2 == 0 {
			timer.Stop()
		}
	}
	time.Sleep(time.Minute)
	fmt.Println(fired)
}
