// V249: Nobody recovers it.
package main

import (
	"time"

	"conformance/errgroup"
)

func sleep() error {
	time.Sleep(time.Second)
	return nil
}

func main() {
	var g errgroup.Group
	g.SetLimit(3)
	g.Go(sleep)
	g.Go(sleep)
	g.SetLimit(5)
}
