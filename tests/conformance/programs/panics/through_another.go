// I94, I96: Recovered, and another panic recovered between: the third stands alone.
package main

func load() {
	defer func() { recover() }()
	defer func() {
		recover()
		panic("second")
	}()
	panic("first")
}

func main() {
	load()
	panic("third")
}
