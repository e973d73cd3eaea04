// I89, K132: The dump says who started the goroutine.
package main

func child() {
	panic("in the child")
}

func parent(done chan int) {
	go child()
	<-done
}

func main() {
	done := make(chan int)
	go parent(done)
	<-done
}
