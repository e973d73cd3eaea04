// V246: Wait waits for all and gives the first error, also the second time.
package main

import (
	"errors"
	"fmt"
	"time"

	"conformance/errgroup"
)

func fail(delay time.Duration, text string) error {
	time.Sleep(delay)
	return errors.New(text)
}

func main() {
	var g errgroup.Group
	g.Go(func() error { return fail(2*time.Second, "the second") })
	g.Go(func() error { return fail(time.Second, "the first") })
	g.Go(func() error {
		time.Sleep(3 * time.Second)
		return nil
	})
	fmt.Println(g.Wait())
	fmt.Println(g.Wait())
}
