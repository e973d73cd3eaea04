// L136: Stop tells whether there was something to stop.
package main

import (
	"fmt"
	"time"
)

func main() {
	running := time.NewTimer(time.Second)
	fmt.Println(running.Stop(), running.Stop())
	unread := time.NewTimer(time.Second)
	time.Sleep(2 * time.Second)
	fmt.Println(unread.Stop(), unread.Stop())
	read := time.NewTimer(time.Second)
	<-read.C
	fmt.Println(read.Stop())
}
