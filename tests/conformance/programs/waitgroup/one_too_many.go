// P183, J115: One Done too few: all wait.
package main

import "sync"

func worker(wg *sync.WaitGroup, n int) {
	if n == 2 {
		return
	}
	wg.Done()
}

func main() {
	var wg sync.WaitGroup
	for n := range 3 {
		wg.Add(1)
		go worker(&wg, n)
	}
	wg.Wait()
}
