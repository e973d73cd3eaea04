// I91, I94: An error that is recovered and raised again.
package main

import "errors"

func load() {
	defer func() {
		panic(recover())
	}()
	panic(errors.New("disk full"))
}

func main() {
	load()
}
