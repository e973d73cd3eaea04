// H72: The arguments of a go statement are evaluated at once.
package main

import "fmt"

func show(label string, n int, done chan bool) {
	fmt.Println(label, n)
	done <- true
}

func main() {
	done := make(chan bool)
	n := 1
	go show("argument", n, done)
	n = 2
	<-done
	go func() { show("closure", n, done) }()
	<-done
}
