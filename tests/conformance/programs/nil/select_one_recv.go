// D31, K119: A select with one case is that operation.
package main

func main() {
	var c chan int
	select {
	case <-c:
	}
}
