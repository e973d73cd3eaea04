// L141: A function that was started is started again by Reset; both run.
package main

import (
	"fmt"
	"time"
)

func main() {
	running := 0
	timer := time.AfterFunc(time.Second, func() {
		running++
		fmt.Println("running", running)
		time.Sleep(3 * time.Second)
		running--
	})
	time.Sleep(1500 * time.Millisecond)
	fmt.Println(timer.Reset(time.Second))
	time.Sleep(5 * time.Second)
	fmt.Println("running", running)
}
