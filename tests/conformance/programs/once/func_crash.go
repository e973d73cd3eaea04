// Q201, I94: A panic in a OnceFunc, that nobody recovers.
package main

import "sync"

func prepare() {
	panic("no config")
}

func main() {
	sync.OnceFunc(prepare)()
}
