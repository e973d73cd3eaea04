// G59, K121: A select without cases blocks for ever.
package main

func main() {
	select {}
}
