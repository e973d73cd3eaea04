// V246, K126: A function that never ends keeps Wait waiting.
package main

import "conformance/errgroup"

var c = make(chan int)

func worker() error {
	<-c
	return nil
}

func main() {
	var g errgroup.Group
	g.Go(worker)
	g.Wait()
}
