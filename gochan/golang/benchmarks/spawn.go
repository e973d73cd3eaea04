// Goroutines that only say they are done: so many are started, then waited for, and again.
package main

import (
	"sync"
	"testing"
)

var goroutines = 100

func BenchmarkSpawn(b *testing.B) {
	var group sync.WaitGroup
	for left := b.N; left > 0; left -= goroutines {
		for range min(left, goroutines) {
			group.Go(func() {})
		}
		group.Wait()
	}
}
