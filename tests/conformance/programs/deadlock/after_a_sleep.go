// J104: A sleeper puts it off.
package main

import (
	"fmt"
	"time"
)

func sleeper() {
	time.Sleep(2500 * time.Millisecond)
	fmt.Println("awake")
}

func main() {
	go sleeper()
	<-make(chan int)
}
