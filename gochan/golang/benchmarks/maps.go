// A map that goroutines read and write: behind a RWMutex, and as sync.Map.
package main

import (
	"sync"
	"testing"
)

var goroutines = 8
var reads = 90 // of 100 operations
var keys = 100
var apart = 0 // 1: each goroutine has keys of its own

// share lets the goroutines do b.N operations together, of which so many are reads.
func share(b *testing.B, read, write func(key int)) {
	var group sync.WaitGroup
	for worker := range goroutines {
		group.Go(func() {
			for i := worker; i < b.N; i += goroutines {
				key := i/goroutines%keys + apart*worker*keys
				if i/goroutines%100 < reads {
					read(key)
				} else {
					write(key)
				}
			}
		})
	}
	group.Wait()
}

func BenchmarkRWMutex(b *testing.B) {
	var mutex sync.RWMutex
	table := map[int]int{}
	share(b, func(key int) {
		mutex.RLock()
		_ = table[key]
		mutex.RUnlock()
	}, func(key int) {
		mutex.Lock()
		table[key] = key
		mutex.Unlock()
	})
}

func BenchmarkSyncMap(b *testing.B) {
	var table sync.Map
	share(b, func(key int) {
		table.Load(key)
	}, func(key int) {
		table.Store(key, key)
	})
}
