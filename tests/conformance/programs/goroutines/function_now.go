// H72: The function of a go statement is evaluated at once as well.
package main

import "fmt"

func one(done chan bool) {
	fmt.Println("one")
	done <- true
}

func two(done chan bool) {
	fmt.Println("two")
	done <- true
}

func main() {
	done := make(chan bool)
	f := one
	go f(done)
	f = two
	<-done
	go f(done)
	<-done
}
