// U227, G55: A cancelled context and a value that is there are drawn alike.
package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := make(chan int, 1)
	values := 0
	for range 400 {
		c <- 1
		select {
		case <-ctx.Done():
			<-c
		case <-c:
			values++
		}
	}
	fmt.Println(values > 100, values < 300)
}
