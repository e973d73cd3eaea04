// I91: An error as a panic's value tells its text.
package main

import "errors"

func main() {
	panic(errors.New("disk full"))
}
