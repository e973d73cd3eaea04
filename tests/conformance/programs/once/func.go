// Q201: OnceFunc makes a function that runs once.
package main

import (
	"fmt"
	"sync"
)

func main() {
	hello := sync.OnceFunc(func() { fmt.Println("hello") })
	hello()
	hello()
	fmt.Println("done")
}
