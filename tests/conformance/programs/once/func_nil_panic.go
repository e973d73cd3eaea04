// Q202: A panic with nil is kept with its words.
package main

import (
	"fmt"
	"sync"
)

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	f := sync.OnceFunc(func() { panic(nil) })
	try(f)
	try(f)
}
