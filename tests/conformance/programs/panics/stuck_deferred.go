// I88, J101: A deferred call that waits for ever: the panic is never told.
package main

func load(c chan int) {
	defer func() { <-c }()
	panic("no such file")
}

func main() {
	load(make(chan int))
}
