// I94: The same number again, from elsewhere, is the same panic.
package main

func inner() {
	panic(1000)
}

func outer() {
	defer func() {
		recover()
		panic(1000)
	}()
	inner()
}

func main() {
	outer()
}
