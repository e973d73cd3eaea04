// I94: A recovered panic that is followed by another.
package main

import "fmt"

func load() {
	defer func() {
		panic(fmt.Sprint("load: ", recover()))
	}()
	panic("no such file")
}

func main() {
	load()
}
