// P194, K126: Done on a copy is lost: Wait waits for ever.
package main

import "sync"

func worker(wg sync.WaitGroup) {
	wg.Done()
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(wg)
	wg.Wait()
}
