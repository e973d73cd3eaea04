// I88: After a recover the caller goes on, and the goroutine lives.
package main

import "fmt"

func safely(f func(int), n int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered:", r)
		}
	}()
	f(n)
}

func check(n int) {
	if n%2 == 1 {
		panic(fmt.Sprintf("%d is odd", n))
	}
	fmt.Println(n, "is even")
}

func main() {
	for n := range 4 {
		safely(check, n)
	}
}
