// J111: A function that was stopped puts nothing off.
package main

import (
	"fmt"
	"time"
)

func main() {
	f := time.AfterFunc(time.Hour, func() { fmt.Println("never printed") })
	fmt.Println(f.Stop())
	<-make(chan int)
}
