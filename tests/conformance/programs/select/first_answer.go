// G61, G53: The first of three answers counts; the others find nobody, but have room.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func server(name string, delay time.Duration, answers chan string) {
	time.Sleep(delay)
	answers <- name
}

func main() {
	answers := make(chan string, 3)
	go server("slow", 3*time.Second, answers)
	go server("fast", time.Second, answers)
	go server("middling", 2*time.Second, answers)
	fmt.Println(<-answers)
	time.Sleep(5 * time.Second)
	fmt.Println(len(answers), runtime.NumGoroutine())
}
