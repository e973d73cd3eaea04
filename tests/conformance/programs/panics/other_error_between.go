// I94: A panic while another is handled, with a failed attempt between.
package main

import "errors"

func parse(text string) (err error) {
	if text == "" {
		return errors.New("no text")
	}
	return nil
}

func load() {
	defer func() {
		recover()
		if err := parse(""); err != nil {
			panic("load failed")
		}
	}()
	panic("no such file")
}

func main() {
	load()
}
