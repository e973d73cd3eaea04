// I95: A panic in a deferred call, while another is under way.
package main

func load() {
	defer func() {
		panic("second")
	}()
	panic("first")
}

func main() {
	load()
}
