// D30, G61: A relay offers a value only while it has one.
package main

import "fmt"

func relay(in, out chan int) {
	var queue []int
	for in != nil || len(queue) > 0 {
		var offer chan int
		var head int
		if len(queue) > 0 {
			offer, head = out, queue[0]
		}
		select {
		case n, ok := <-in:
			if !ok {
				in = nil
				continue
			}
			queue = append(queue, n)
		case offer <- head:
			queue = queue[1:]
		}
	}
	close(out)
}

func main() {
	in, out := make(chan int), make(chan int)
	go relay(in, out)
	for n := range 5 {
		in <- n
	}
	close(in)
	for n := range out {
		fmt.Println(n)
	}
}
