// V248: TryGo starts only below the limit.
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

func main() {
	var g errgroup.Group
	g.SetLimit(2)
	fmt.Println(g.TryGo(sleep), g.TryGo(sleep), g.TryGo(sleep))
	g.Wait()
	fmt.Println(g.TryGo(sleep))
	g.Wait()
	g.SetLimit(0)
	fmt.Println(g.TryGo(sleep))
	g.SetLimit(-1)
	fmt.Println(g.TryGo(sleep), g.TryGo(sleep), g.TryGo(sleep))
}
