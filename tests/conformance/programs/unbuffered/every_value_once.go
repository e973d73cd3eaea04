// B16: Of many consumers, one receives each value.
package main

import "fmt"

func main() {
	jobs, seen := make(chan int), make(chan int)
	for range 4 {
		go func() {
			for n := range jobs {
				seen <- n
			}
		}()
	}
	go func() {
		for n := range 100 {
			jobs <- n
		}
		close(jobs)
	}()
	times := map[int]int{}
	for range 100 {
		times[<-seen]++
	}
	most := 0
	for _, count := range times {
		most = max(most, count)
	}
	fmt.Println(len(times), most)
}
