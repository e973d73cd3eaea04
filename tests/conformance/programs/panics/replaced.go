// I96: The outer recover sees the newer panic.
package main

import "fmt"

func inner() {
	defer func() {
		fmt.Println("inner:", recover())
		panic("new")
	}()
	panic("old")
}

func main() {
	defer func() { fmt.Println("outer:", recover()) }()
	inner()
}
