// J108: Nor does the channel of After.
package main

import "time"

func main() {
	late := time.After(time.Hour)
	<-make(chan int)
	<-late
}
