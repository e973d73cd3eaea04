// K123, K126: The states of those that wait for a lock and for a group.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

func dump() string {
	buffer := make([]byte, 1<<16)
	return string(buffer[:runtime.Stack(buffer, true)])
}

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	mu.Lock()
	wg.Add(1)
	for range 3 {
		go mu.Lock()
	}
	for range 2 {
		go wg.Wait()
	}
	time.Sleep(time.Second)
	text := dump()
	fmt.Println(strings.Count(text, "[sync.Mutex.Lock]:"), strings.Count(text, "[sync.WaitGroup.Wait]:"))
}
