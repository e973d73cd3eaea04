// One counter and so many goroutines that add to it: four ways to keep it right.
package main

import (
	"sync"
	"sync/atomic"
	"testing"
)

var goroutines = 8
var capacity = 64 // of the channel
var inside = 0    // work that belongs to each addition: so many turns of a loop

var sink int

// hold is what is done while the counter is held.
//
//go:noinline
func hold() {
	for i := range inside {
		sink += i
	}
}

// share lets the goroutines do b.N operations together: each does so many times.
func share(b *testing.B, work func(worker, times int)) {
	var group sync.WaitGroup
	for worker := range goroutines {
		group.Go(func() {
			work(worker, (b.N+goroutines-1-worker)/goroutines)
		})
	}
	group.Wait()
}

func check(b *testing.B, count int) {
	if count != b.N {
		b.Fatalf("%d were counted, not %d", count, b.N)
	}
}

func BenchmarkMutex(b *testing.B) {
	var mutex sync.Mutex
	count := 0
	share(b, func(_, times int) {
		for range times {
			mutex.Lock()
			count++
			hold()
			mutex.Unlock()
		}
	})
	check(b, count)
}

// One goroutine owns the counter, the others send it what they add.
func BenchmarkChannel(b *testing.B) {
	adds := make(chan int, capacity)
	total := make(chan int)
	go func() {
		count := 0
		for one := range adds {
			count += one
			hold()
		}
		total <- count
	}()
	share(b, func(_, times int) {
		for range times {
			adds <- 1
		}
	})
	close(adds)
	check(b, <-total)
}

func BenchmarkAtomic(b *testing.B) {
	var count atomic.Int64
	share(b, func(_, times int) {
		for range times {
			count.Add(1)
		}
	})
	check(b, int(count.Load()))
}

// A shard is a counter with a cache line of its own.
type shard struct {
	count atomic.Int64
	_     [120]byte
}

func BenchmarkSharded(b *testing.B) {
	shards := make([]shard, goroutines)
	share(b, func(worker, times int) {
		for range times {
			shards[worker].count.Add(1)
		}
	})
	count := 0
	for worker := range shards {
		count += int(shards[worker].count.Load())
	}
	check(b, count)
}
