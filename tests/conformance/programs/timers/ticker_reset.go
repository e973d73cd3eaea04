// L148: Reset begins a new period now, and revives a stopped ticker.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(time.Second)
	<-ticker.C
	fmt.Println("first")
	time.Sleep(500 * time.Millisecond)
	ticker.Reset(2 * time.Second)
	<-ticker.C
	fmt.Println("second")
	ticker.Stop()
	time.Sleep(5 * time.Second)
	ticker.Reset(300 * time.Millisecond)
	<-ticker.C
	<-ticker.C
	fmt.Println("third and fourth")
}
