// J107: A function that is due in an hour puts it off by an hour.
package main

import (
	"fmt"
	"time"
)

func alarm() {
	fmt.Println("an hour later")
}

func main() {
	time.AfterFunc(time.Hour, alarm)
	<-make(chan int)
}
