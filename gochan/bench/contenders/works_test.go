// The works in Go; ../work.py says what shape each has. golang.py puts this into a module of its own.
package works

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	buffer         = 64
	batch          = 100
	pipelineValues = 10
)

// size is that of the whole program, where there is one.
func size() int {
	n, err := strconv.Atoi(os.Getenv("BENCH_SIZE"))
	if err != nil {
		panic("BENCH_SIZE is not a number")
	}
	return n
}

func values(b *testing.B, capacity int) {
	numbers := make(chan int, capacity)
	go func() {
		for i := 0; i < b.N; i++ {
			numbers <- i
		}
	}()
	for i := 0; i < b.N; i++ {
		<-numbers
	}
}

func BenchmarkUnbuffered(b *testing.B) { values(b, 0) }

func BenchmarkBuffered(b *testing.B) { values(b, buffer) }

func BenchmarkPingpong(b *testing.B) {
	ping, pong := make(chan int), make(chan int)
	go func() {
		for i := 0; i < b.N; i++ {
			pong <- <-ping
		}
	}()
	for i := 0; i < b.N; i++ {
		ping <- i
		<-pong
	}
}

func BenchmarkSelect(b *testing.B) {
	first, second, third, fourth := make(chan int), make(chan int), make(chan int), make(chan int)
	for number, channel := range []chan int{first, second, third, fourth} {
		go func() {
			for i := number; i < b.N; i += 4 {
				channel <- i
			}
		}()
	}
	for i := 0; i < b.N; i++ {
		select {
		case <-first:
		case <-second:
		case <-third:
		case <-fourth:
		}
	}
}

func BenchmarkMutex(b *testing.B) {
	var mutex sync.Mutex
	for i := 0; i < b.N; i++ {
		mutex.Lock()
		mutex.Unlock()
	}
}

// startAndWait starts so many goroutines that only say they are done.
func startAndWait(count int) {
	var group sync.WaitGroup
	for i := 0; i < count; i++ {
		group.Add(1)
		go func() {
			group.Done()
		}()
	}
	group.Wait()
}

func BenchmarkSpawn(b *testing.B) {
	for left := b.N; left > 0; left -= batch {
		startAndWait(min(left, batch))
	}
}

func BenchmarkWaitgroup(b *testing.B) {
	for i := 0; i < b.N; i++ {
		startAndWait(size())
	}
}

// block starts goroutines that wait for ever, and returns when all of them do. Go's scheduler
// doesn't promise when that is, so each says that it is about to.
func block(count int, nobody chan int) {
	var started sync.WaitGroup
	started.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			started.Done()
			<-nobody
		}()
	}
	started.Wait()
}

func BenchmarkBlocked(b *testing.B) {
	nobody := make(chan int)
	block(size()/100, nobody)
	before := memory("VmRSS")
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		block(size(), nobody)
	}
	b.StopTimer()
	if before > 0 {
		b.ReportMetric(memory("VmHWM")-before, "bytes")
	}
}

// memory is a field of Linux's status file in bytes, 0 elsewhere.
func memory(field string) float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		words := strings.Fields(line)
		if len(words) > 1 && words[0] == field+":" {
			kilobytes, _ := strconv.ParseFloat(words[1], 64)
			return kilobytes * 1024
		}
	}
	return 0
}

func BenchmarkPipeline(b *testing.B) {
	for i := 0; i < b.N; i++ {
		pipeline(size())
	}
}

func pipeline(stages int) {
	first := make(chan int)
	last := first
	for i := 0; i < stages; i++ {
		left, right := last, make(chan int)
		go func() {
			for value := range left {
				right <- value
			}
			close(right)
		}()
		last = right
	}
	go func() {
		for i := 0; i < pipelineValues; i++ {
			first <- i
		}
		close(first)
	}()
	for range last {
	}
}
