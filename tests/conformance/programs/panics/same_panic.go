// I94: A panic that is recovered and raised again.
package main

import "fmt"

func load() {
	defer func() {
		r := recover()
		fmt.Println("cleaning up after", r)
		panic(r)
	}()
	panic("no such file")
}

func main() {
	load()
}
