// A crowd of goroutines that wait: all are started, then the gate opens, and all go home. What they
// need while they wait is reported as "bytes".
package main

import (
	"runtime"
	"sync"
	"testing"
)

var crowd = 1_000

func BenchmarkCrowd(b *testing.B) {
	for range b.N {
		b.StopTimer()
		before := inUse()
		b.StartTimer()
		var gate, group sync.WaitGroup
		gate.Add(1)
		for range crowd {
			group.Go(gate.Wait)
		}
		b.StopTimer()
		b.ReportMetric(float64(inUse()-before), "bytes")
		b.StartTimer()
		gate.Done()
		group.Wait()
	}
}

// inUse tells the bytes of stacks and heap.
func inUse() uint64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.StackInuse + memory.HeapInuse
}
