// Requests counted per route, by so many goroutines: the map behind a mutex, owned by a goroutine,
// with atomic counters behind a RWMutex, and as sync.Map.
package main

import (
	"sync"
	"sync/atomic"
	"testing"
)

var goroutines = 8
var routes = 10
var capacity = 64 // of the channel

// share lets the goroutines count b.N requests together; each asks for the routes in turn.
func share(b *testing.B, count func(route int)) {
	var group sync.WaitGroup
	for worker := range goroutines {
		group.Go(func() {
			for i := worker; i < b.N; i += goroutines {
				count(i % routes)
			}
		})
	}
	group.Wait()
}

func BenchmarkMutex(b *testing.B) {
	var mutex sync.Mutex
	counts := map[int]int{}
	share(b, func(route int) {
		mutex.Lock()
		counts[route]++
		mutex.Unlock()
	})
}

func BenchmarkChannel(b *testing.B) {
	requests := make(chan int, capacity)
	done := make(chan bool)
	go func() {
		counts := map[int]int{}
		for route := range requests {
			counts[route]++
		}
		close(done)
	}()
	share(b, func(route int) { requests <- route })
	close(requests)
	<-done
}

// A route is stored once; then its counter is only looked up, by many at once.
func BenchmarkRWMutex(b *testing.B) {
	var mutex sync.RWMutex
	counts := map[int]*atomic.Int64{}
	share(b, func(route int) {
		mutex.RLock()
		count := counts[route]
		mutex.RUnlock()
		if count == nil {
			mutex.Lock()
			if count = counts[route]; count == nil {
				count = new(atomic.Int64)
				counts[route] = count
			}
			mutex.Unlock()
		}
		count.Add(1)
	})
}

func BenchmarkSyncMap(b *testing.B) {
	var counts sync.Map
	share(b, func(route int) {
		count, found := counts.Load(route)
		if !found {
			count, _ = counts.LoadOrStore(route, new(atomic.Int64))
		}
		count.(*atomic.Int64).Add(1)
	})
}
