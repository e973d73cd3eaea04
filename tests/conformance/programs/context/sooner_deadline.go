// U230: The sooner deadline counts, be it the parent's.
package main

import (
	"context"
	"fmt"
	"time"
)

func main() {
	parent, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	child, cancelChild := context.WithTimeout(parent, time.Minute)
	defer cancelChild()
	sooner, cancelSooner := context.WithTimeout(parent, time.Millisecond)
	defer cancelSooner()
	ofParent, _ := parent.Deadline()
	ofChild, ok := child.Deadline()
	fmt.Println(ofChild.Equal(ofParent), ok)
	<-sooner.Done()
	fmt.Println(parent.Err(), sooner.Err())
	<-child.Done()
	fmt.Println(child.Err())
}
