// V251: A panic in a group's function ends the program.
package main

import (
	"fmt"
	"time"

	"conformance/errgroup"
)

func worker() error {
	time.Sleep(time.Second)
	panic("boom")
}

func main() {
	var g errgroup.Group
	g.Go(worker)
	fmt.Println(g.Wait())
}
