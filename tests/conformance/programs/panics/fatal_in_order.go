// I99: A fatal error runs no deferred calls and can't be recovered.
package main

import (
	"fmt"
	"sync"
)

func use(mu *sync.Mutex) {
	defer fmt.Println("never printed")
	defer func() { fmt.Println("recovered:", recover()) }()
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	use(&mu)
}
