// Q197, I89: A panic in the function, that nobody recovers.
package main

import "sync"

func prepare() {
	panic("no config")
}

func main() {
	var once sync.Once
	once.Do(prepare)
}
