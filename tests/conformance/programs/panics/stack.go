// I89, K132: The dump names the functions on the way, innermost first.
package main

import "time"

func inner() {
	panic("deep down")
}

func middle() {
	inner()
}

func worker() {
	middle()
}

func main() {
	go worker()
	time.Sleep(time.Second)
}
