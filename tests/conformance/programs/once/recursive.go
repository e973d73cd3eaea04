// Q198, K129: A function that does its own Once again waits for ever.
package main

import (
	"fmt"
	"sync"
)

var once sync.Once

func prepare() {
	fmt.Println("preparing")
	once.Do(prepare)
}

func main() {
	once.Do(prepare)
}
