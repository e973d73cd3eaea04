// J110, L147: Who waits for a ticker that is stopped waits for ever.
package main

import (
	"fmt"
	"time"
)

func waiter(ticker *time.Ticker, start time.Time) {
	for now := range ticker.C {
		fmt.Println(now.Sub(start).Milliseconds())
	}
}

func main() {
	ticker := time.NewTicker(time.Second)
	go waiter(ticker, time.Now())
	time.Sleep(2500 * time.Millisecond)
	ticker.Stop()
	<-make(chan int)
}
