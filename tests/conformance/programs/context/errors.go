// U232: The two reasons, told apart.
package main

import (
	"context"
	"errors"
	"fmt"
)

func main() {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancelLate := context.WithTimeout(context.Background(), 0)
	defer cancelLate()
	for _, err := range []error{cancelled.Err(), late.Err()} {
		fmt.Println(errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded))
	}
}
