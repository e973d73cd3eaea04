// U226, U228: To cancel ends a context and all below it, and nothing above or beside.
package main

import (
	"context"
	"fmt"
)

func main() {
	parent, cancelParent := context.WithCancel(context.Background())
	defer cancelParent()
	child, cancelChild := context.WithCancel(parent)
	sibling, cancelSibling := context.WithCancel(parent)
	defer cancelSibling()
	grandchild, cancelGrandchild := context.WithCancel(child)
	defer cancelGrandchild()
	cancelChild()
	cancelChild()
	fmt.Println(parent.Err(), sibling.Err())
	fmt.Println(child.Err())
	fmt.Println(grandchild.Err())
	cancelParent()
	fmt.Println(sibling.Err())
}
