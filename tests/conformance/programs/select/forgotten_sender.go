// G61, J106: Without room the late ones stay for ever.
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
	answers := make(chan string)
	go server("slow", 3*time.Second, answers)
	go server("fast", time.Second, answers)
	go server("middling", 2*time.Second, answers)
	fmt.Println(<-answers)
	time.Sleep(5 * time.Second)
	fmt.Println(runtime.NumGoroutine())
}
