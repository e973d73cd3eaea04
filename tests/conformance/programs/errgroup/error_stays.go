// V253: A group that has had an error keeps it.
package main

import (
	"errors"
	"fmt"

	"conformance/errgroup"
)

func main() {
	var g errgroup.Group
	g.Go(func() error { return errors.New("one") })
	fmt.Println(g.Wait())
	g.Go(func() error { return errors.New("two") })
	fmt.Println(g.Wait())
}
