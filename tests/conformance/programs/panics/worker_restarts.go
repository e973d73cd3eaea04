// I88, I97: A supervisor starts a worker again that has panicked.
package main

import (
	"fmt"
	"time"
)

func worker(n int, done chan string) {
	defer func() {
		if r := recover(); r != nil {
			done <- fmt.Sprint(r)
		}
	}()
	time.Sleep(time.Second)
	if n < 3 {
		panic(fmt.Sprintf("attempt %d failed", n))
	}
	done <- "success"
}

func main() {
	done := make(chan string)
	for n := 1; ; n++ {
		go worker(n, done)
		result := <-done
		fmt.Println(result)
		if result == "success" {
			return
		}
	}
}
