// L133: To sleep for no time, or for less, returns at once.
package main

import (
	"fmt"
	"time"
)

func main() {
	time.Sleep(0)
	time.Sleep(-time.Second)
	fmt.Println("at once")
}
