// D30: A merge switches a channel off when it is drained.
package main

import (
	"fmt"
	"time"
)

func feed(c chan string, words ...string) {
	for _, word := range words {
		time.Sleep(100 * time.Millisecond)
		c <- word
	}
	close(c)
}

func main() {
	a, b := make(chan string), make(chan string)
	go feed(a, "a1", "a2")
	time.Sleep(50 * time.Millisecond)
	go feed(b, "b1", "b2", "b3", "b4")
	for a != nil || b != nil {
		select {
		case word, ok := <-a:
			if !ok {
				fmt.Println("a is drained")
				a = nil
				continue
			}
			fmt.Println(word)
		case word, ok := <-b:
			if !ok {
				fmt.Println("b is drained")
				b = nil
				continue
			}
			fmt.Println(word)
		}
	}
}
