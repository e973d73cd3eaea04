// Q197: Those that wait for one that panics return as if it had not.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var once sync.Once
	done := make(chan string)
	use := func(delay time.Duration) {
		defer func() { done <- fmt.Sprint(recover()) }()
		time.Sleep(delay)
		once.Do(func() {
			time.Sleep(time.Second)
			panic("boom")
		})
	}
	go use(0)
	go use(500 * time.Millisecond)
	first, second := <-done, <-done
	fmt.Println(first != second, len(first)+len(second))
}
