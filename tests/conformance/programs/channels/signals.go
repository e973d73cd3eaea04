// A7: A channel of empty values works, buffered or not.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	tokens := make(chan struct{}, 3)
	go func() {
		for range 3 {
			tokens <- struct{}{}
		}
		done <- struct{}{}
	}()
	<-done
	fmt.Println(len(tokens))
}
