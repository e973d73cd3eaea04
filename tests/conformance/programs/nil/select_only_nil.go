// D31, K120: A select of nil channels alone blocks for ever.
package main

func main() {
	var a, b chan int
	select {
	case <-a:
	case b <- 1:
	}
}
