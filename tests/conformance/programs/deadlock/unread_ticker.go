// J108: Nor does a ticker that nobody reads.
package main

import "time"

func main() {
	ticker := time.NewTicker(time.Second)
	<-make(chan int)
	ticker.Stop()
}
