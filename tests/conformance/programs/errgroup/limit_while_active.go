// V249, V250: The limit can't be changed while goroutines are active, only lifted.
package main

import (
	"fmt"
	"time"

	"conformance/errgroup"
)

func sleep() error {
	time.Sleep(time.Second)
	return nil
}

func limit(g *errgroup.Group, n int) {
	defer func() { fmt.Println(recover()) }()
	g.SetLimit(n)
}

func main() {
	var g errgroup.Group
	g.SetLimit(3)
	g.Go(sleep)
	g.Go(sleep)
	limit(&g, 5)
	g.Wait()
	limit(&g, 5)
	limit(&g, -1)
	g.Go(sleep)
	limit(&g, -1)
}
