// D29, E36: The panic can be recovered.
package main

import "fmt"

func closeIt(c chan int) {
	defer func() { fmt.Println("recovered:", recover()) }()
	close(c)
}

func main() {
	closeIt(nil)
	fmt.Println("going on")
}
