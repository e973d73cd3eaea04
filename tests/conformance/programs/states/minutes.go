// K130, K132: Who has waited for minutes is told with the minutes.
package main

import "time"

func worker(c chan int) {
	<-c
}

func main() {
	c := make(chan int)
	go worker(c)
	time.Sleep(5*time.Minute + 30*time.Second)
	<-c
}
