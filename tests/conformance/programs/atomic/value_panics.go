// S214: Nobody recovers it.
package main

import "sync/atomic"

func main() {
	var config atomic.Value
	config.Store(nil)
}
