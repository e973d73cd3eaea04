// J103, I99: A deadlock runs no deferred calls and can't be recovered.
package main

import "fmt"

func receive(c chan int) {
	defer fmt.Println("never printed")
	defer func() { fmt.Println("recovered:", recover()) }()
	<-c
}

func main() {
	receive(make(chan int))
}
