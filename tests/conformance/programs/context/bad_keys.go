// U235: What can't be a key, and what can't be a parent.
package main

import (
	"context"
	"fmt"
)

func try(parent context.Context, key any) {
	defer func() { fmt.Println(recover()) }()
	context.WithValue(parent, key, 1)
}

func main() {
	try(context.Background(), nil)
	try(context.Background(), []int{1})
	try(nil, "key")
}
