// I93: They are what is recovered, too.
package main

import "fmt"

func main() {
	defer func() { fmt.Println(recover()) }()
	panic(nil)
}
