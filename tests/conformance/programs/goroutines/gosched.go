// H78: Gosched lets all run that can.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	count := 0
	for range 5 {
		go func() { count++ }()
	}
	runtime.Gosched()
	fmt.Println(count)
}
