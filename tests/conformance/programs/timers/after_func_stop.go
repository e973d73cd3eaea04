// L140: Stop is true if the function has not been started, and does not wait for it.
package main

import (
	"fmt"
	"time"
)

func slow() {
	fmt.Println("started")
	time.Sleep(time.Second)
	fmt.Println("ended")
}

func main() {
	early := time.AfterFunc(time.Second, slow)
	fmt.Println(early.Stop(), early.Stop())
	late := time.AfterFunc(time.Second, slow)
	time.Sleep(1500 * time.Millisecond)
	fmt.Println(late.Stop())
	time.Sleep(time.Second)
}
