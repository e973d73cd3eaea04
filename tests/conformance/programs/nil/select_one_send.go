// D31, K118: A select with one case to send is a send.
package main

func main() {
	var c chan int
	select {
	case c <- 1:
	}
}
