// E33: The zero value is that of the element type.
package main

import "fmt"

func main() {
	numbers, words, flags := make(chan int), make(chan string), make(chan bool)
	pointers := make(chan *int)
	close(numbers)
	close(words)
	close(flags)
	close(pointers)
	fmt.Println(<-numbers, "["+<-words+"]", <-flags, <-pointers)
}
