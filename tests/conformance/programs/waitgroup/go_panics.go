// P193, I94: A panic in what Go started ends the program before Wait returns.
package main

import (
	"fmt"
	"sync"
	"time"
)

func worker() {
	time.Sleep(time.Second)
	panic("boom")
}

func main() {
	var wg sync.WaitGroup
	wg.Go(worker)
	wg.Wait()
	fmt.Println("never printed")
}
