// Q201: A panic is kept, too, and raised at every call.
package main

import (
	"fmt"
	"sync"
)

func try(f func() int) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	answer := sync.OnceValue(func() int {
		fmt.Println("thinking")
		panic("no idea")
	})
	try(answer)
	try(answer)
}
