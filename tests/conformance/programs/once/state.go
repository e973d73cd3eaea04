// K129: Who waits for a Once waits for the mutex inside.
package main

import (
	"sync"
	"time"
)

var once sync.Once
var c = make(chan int)

func prepare() {
	<-c
}

func worker() {
	once.Do(prepare)
}

func main() {
	go worker()
	time.Sleep(time.Second)
	once.Do(prepare)
}
