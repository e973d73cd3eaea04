// V248: At the limit Go waits.
package main

import (
	"fmt"
	"time"

	"conformance/errgroup"
)

func main() {
	var g errgroup.Group
	g.SetLimit(2)
	active, most := 0, 0
	for range 6 {
		g.Go(func() error {
			active++
			most = max(most, active)
			time.Sleep(time.Second)
			active--
			return nil
		})
	}
	fmt.Println("all started")
	g.Wait()
	fmt.Println("at most", most)
}
