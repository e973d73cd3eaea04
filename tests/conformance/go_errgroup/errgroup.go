// Package errgroup is a small one of this project's own, with what is documented of
// golang.org/x/sync/errgroup: that package is not in Go's standard library, and the programs are
// built without a network.
package errgroup

import (
	"context"
	"fmt"
	"sync"
)

// A Group collects goroutines that do parts of one task. The zero Group has no limit and cancels
// nothing.
type Group struct {
	wg     sync.WaitGroup
	cancel context.CancelCauseFunc
	limit  chan struct{}
	once   sync.Once
	err    error
}

// WithContext gives a Group whose first error cancels the context, as does the end of Wait.
func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

// Wait blocks until all functions have returned; it returns the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

// Go calls f in a goroutine; it blocks while the limit is reached.
func (g *Group) Go(f func() error) {
	if g.limit != nil {
		g.limit <- struct{}{}
	}
	g.wg.Add(1)
	go g.run(f)
}

// TryGo calls f in a goroutine if the limit allows it now, and says whether it does.
func (g *Group) TryGo(f func() error) bool {
	if g.limit != nil {
		select {
		case g.limit <- struct{}{}:
		default:
			return false
		}
	}
	g.wg.Add(1)
	go g.run(f)
	return true
}

// SetLimit lets at most n goroutines be active at a time; a negative n means no limit.
func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.limit = nil
		return
	}
	if active := len(g.limit); active != 0 {
		panic(fmt.Errorf("errgroup: modify limit while %v goroutines in the group are still active", active))
	}
	g.limit = make(chan struct{}, n)
}

func (g *Group) run(f func() error) {
	defer g.done()
	if err := f(); err != nil {
		g.once.Do(func() { g.fail(err) })
	}
}

func (g *Group) fail(err error) {
	g.err = err
	if g.cancel != nil {
		g.cancel(err)
	}
}

func (g *Group) done() {
	if g.limit != nil {
		<-g.limit
	}
	g.wg.Done()
}
