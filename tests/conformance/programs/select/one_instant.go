// G57: While there is always a channel that is ready, the default is never taken.
package main

import "fmt"

func main() {
	wrong := 0
	for range 200 {
		a, b := make(chan int, 1), make(chan int, 1)
		done := make(chan bool)
		a <- 1
		go func() {
			select {
			case <-a:
			case <-b:
			default:
				wrong++
			}
			done <- true
		}()
		b <- 1
		select {
		case <-a:
		default:
		}
		<-done
	}
	fmt.Println("wrong:", wrong)
}
