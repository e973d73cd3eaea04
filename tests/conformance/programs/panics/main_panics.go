// I89: A panic that nobody recovers ends the program with status 2.
package main

import "fmt"

func main() {
	fmt.Println("before")
	panic("boom")
}
