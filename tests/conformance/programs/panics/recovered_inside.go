// I94, I96: A panic that comes and goes while another is handled.
package main

import "fmt"

func try() {
	defer func() { fmt.Println("recovered:", recover()) }()
	panic("inner")
}

func load() {
	defer func() {
		r := recover()
		try()
		panic(r)
	}()
	panic("outer")
}

func main() {
	load()
}
