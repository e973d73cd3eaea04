// One goroutine hands values to another.
package main

import "testing"

var capacity = 64 // of the buffered channel

func handOver(b *testing.B, values chan int) {
	go func() {
		for i := range b.N {
			values <- i
		}
	}()
	for range b.N {
		<-values
	}
}

func BenchmarkUnbuffered(b *testing.B) {
	handOver(b, make(chan int))
}

func BenchmarkBuffered(b *testing.B) {
	handOver(b, make(chan int, capacity))
}
