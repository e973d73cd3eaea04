// L143: Nobody recovers it.
package main

import "time"

func main() {
	ticker := time.NewTicker(0)
	<-ticker.C
}
