// R209: A Cond that was used must not be copied.
package main

import (
	"fmt"
	"sync"
)

func main() {
	cond := sync.NewCond(&sync.Mutex{})
	cond.Signal()
	other := *cond
	defer func() { fmt.Println(recover()) }()
	other.Signal()
}
