// I89, K132: Of a deep stack the dump shows both ends.
package main

func dive(depth int) {
	if depth == 0 {
		panic("at the bottom")
	}
	dive(depth - 1)
}

func main() {
	dive(120)
}
