// V248: With a limit of 0 nothing can start: Go waits for ever.
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
	g.SetLimit(0)
	g.Go(sleep)
}
