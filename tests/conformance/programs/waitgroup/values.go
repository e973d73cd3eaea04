// P183: Wait returns when the counter is zero, also at once.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	wg.Wait()
	fmt.Println("zero")
	wg.Add(0)
	wg.Wait()
	wg.Add(3)
	wg.Add(-2)
	go func() {
		time.Sleep(time.Second)
		wg.Done()
	}()
	wg.Wait()
	fmt.Println("zero again")
}
