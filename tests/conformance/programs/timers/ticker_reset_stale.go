// L148: Reset forgets a tick that nobody has read.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Second)
	time.Sleep(1500 * time.Millisecond)
	ticker.Reset(2 * time.Second)
	<-ticker.C
	fmt.Println("tick")
}
