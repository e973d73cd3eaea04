// G60: To send on a closed channel counts as ready: it panics when it is drawn.
package main

import "fmt"

func draw(closed, ready chan int) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	select {
	case closed <- 1:
	case <-ready:
	}
	return
}

func main() {
	closed, ready := make(chan int), make(chan int, 1)
	close(closed)
	panics := 0
	for range 400 {
		if draw(closed, ready) {
			panics++
		}
	}
	fmt.Println(panics == 400)
	close(ready)
	panics = 0
	for range 400 {
		if draw(closed, ready) {
			panics++
		}
	}
	fmt.Println(panics > 100, panics < 300)
}
