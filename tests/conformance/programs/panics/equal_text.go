// I94: The same words again, put together anew, are another panic.
package main

import "strings"

func load(words ...string) {
	defer func() {
		recover()
		panic(strings.Join(words, " "))
	}()
	panic(strings.Join(words, " "))
}

func main() {
	load("no", "such", "file")
}
