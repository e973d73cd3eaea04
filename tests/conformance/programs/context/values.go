// U234: A value is looked up along the chain; the nearest one counts.
package main

import (
	"context"
	"fmt"
)

func main() {
	first := context.WithValue(context.Background(), "colour", "red")
	second := context.WithValue(first, "size", 7)
	third := context.WithValue(second, "colour", "blue")
	fmt.Println(first.Value("colour"), third.Value("colour"), third.Value("size"))
	fmt.Println(first.Value("size"), third.Value("taste"))
}
