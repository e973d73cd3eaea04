// V246: Without an error there is none.
package main

import (
	"fmt"
	"time"

	"conformance/errgroup"
)

func main() {
	var g errgroup.Group
	sum := 0
	for n := range 5 {
		g.Go(func() error {
			time.Sleep(time.Duration(n) * time.Second)
			sum += n
			return nil
		})
	}
	fmt.Println(g.Wait())
	fmt.Println(sum)
}
