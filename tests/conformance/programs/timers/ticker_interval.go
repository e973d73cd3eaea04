// L143: A ticker needs an interval above zero.
package main

import (
	"fmt"
	"time"
)

func open(interval time.Duration) {
	defer func() { fmt.Println("recovered:", recover()) }()
	time.NewTicker(interval)
}

func reset(interval time.Duration) {
	defer func() { fmt.Println("recovered:", recover()) }()
	time.NewTicker(time.Second).Reset(interval)
}

func main() {
	open(0)
	open(-time.Second)
	reset(0)
	reset(-time.Second)
}
