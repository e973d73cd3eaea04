// P191, I88: A panic that the function recovers counts as done.
package main

import (
	"fmt"
	"sync"
)

func worker() {
	defer func() { fmt.Println("recovered:", recover()) }()
	panic("boom")
}

func main() {
	var wg sync.WaitGroup
	wg.Go(worker)
	wg.Wait()
	fmt.Println("done")
}
