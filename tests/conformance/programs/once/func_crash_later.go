// Q201, I94: The second call raises it again.
package main

import (
	"fmt"
	"sync"
)

func prepare() {
	panic("no config")
}

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	f := sync.OnceFunc(prepare)
	try(f)
	f()
}
