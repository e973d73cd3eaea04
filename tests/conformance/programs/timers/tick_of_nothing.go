// L144: Tick with no interval gives the nil channel.
package main

import (
	"fmt"
	"time"
)

func main() {
	fmt.Println(time.Tick(0) == nil, time.Tick(-time.Second) == nil)
	<-time.Tick(0)
}
