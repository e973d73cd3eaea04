// A table that goroutines read and write: with sync.Mutex one at a time, with sync.RWMutex many
// readers at once.
package main

import (
	"sync"
	"testing"
)

var goroutines = 8
var reads = 90 // of 100 operations
var size = 100 // of the table: how long a reader has the lock

// share lets the goroutines do b.N operations together, of which so many are reads.
func share(b *testing.B, read, write func()) {
	var group sync.WaitGroup
	for worker := range goroutines {
		group.Go(func() {
			for i := worker; i < b.N; i += goroutines {
				if i/goroutines%100 < reads {
					read()
				} else {
					write()
				}
			}
		})
	}
	group.Wait()
}

func sum(table []int) int {
	total := 0
	for _, one := range table {
		total += one
	}
	return total
}

func BenchmarkMutex(b *testing.B) {
	var mutex sync.Mutex
	table := make([]int, size)
	share(b, func() {
		mutex.Lock()
		sum(table)
		mutex.Unlock()
	}, func() {
		mutex.Lock()
		table[0]++
		mutex.Unlock()
	})
}

func BenchmarkRWMutex(b *testing.B) {
	var mutex sync.RWMutex
	table := make([]int, size)
	share(b, func() {
		mutex.RLock()
		sum(table)
		mutex.RUnlock()
	}, func() {
		mutex.Lock()
		table[0]++
		mutex.Unlock()
	})
}
