// B13: A send blocks until a receiver comes.
package main

import (
	"fmt"
	"time"
)

func sendHello(c chan string) {
	c <- "hello"
	time.Sleep(500 * time.Millisecond)
	fmt.Println("sent")
}

func main() {
	c := make(chan string)
	go sendHello(c)
	time.Sleep(2 * time.Second)
	fmt.Println(<-c)
	time.Sleep(time.Second)
}
