// I100: A panic in a timer's function names the clock as its creator.
package main

import "time"

func alarm() {
	panic("too late")
}

func main() {
	time.AfterFunc(time.Second, alarm)
	time.Sleep(2 * time.Second)
}
