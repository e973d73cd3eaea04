// P184, P185: After that panic the counter stays below zero.
package main

import (
	"fmt"
	"sync"
)

func tooMany(wg *sync.WaitGroup) {
	defer func() { fmt.Println("recovered:", recover()) }()
	wg.Done()
}

func main() {
	var wg sync.WaitGroup
	tooMany(&wg)
	wg.Add(1)
	wg.Wait()
	fmt.Println("no wait")
}
