// M156: The clock is exact to the microsecond.
package main

import (
	"fmt"
	"time"
)

func main() {
	for n := range 4 {
		time.Sleep(time.Duration(n*n+1) * 333 * time.Microsecond)
		fmt.Println(n)
	}
}
