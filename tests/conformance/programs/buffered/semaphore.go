// C25: A buffer of three lets three in at a time.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	slots := make(chan struct{}, 3)
	var wg sync.WaitGroup
	inside, most := 0, 0
	for range 8 {
		wg.Go(func() {
			slots <- struct{}{}
			inside++
			most = max(most, inside)
			time.Sleep(time.Second)
			inside--
			<-slots
		})
	}
	wg.Wait()
	fmt.Println("at most", most)
}
