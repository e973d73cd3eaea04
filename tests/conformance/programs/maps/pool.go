// T221: A pool gives back what was put in, else what New makes, else nil.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var empty sync.Pool
	fmt.Println(empty.Get())
	pool := sync.Pool{New: func() any { return "new" }}
	fmt.Println(pool.Get())
	pool.Put(nil)
	fmt.Println(pool.Get())
}
