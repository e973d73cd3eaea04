// The Go side of the random scripts: runs the one on stdin, and prints what each operation gave.
//
// interpreter.py does the same on gochan, in the same order. README.md describes a script.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	slot  = 1_000     // units; at such times goroutines act, between them timers fire
	round = 10 * slot // each actor has one slot in it
)

// The slots of those who are not goroutines of the script.
const (
	firstAfter = 7 // and 8: functions that a cancelled context starts
	helper     = 9 // the goroutine of WaitGroup.Go
)

// A machine holds all that a script's operations work on.
type machine struct {
	unit       time.Duration
	start      time.Time
	channels   []chan int
	timers     []*time.Timer
	functions  []*time.Timer
	ticker     *time.Ticker
	contexts   []context.Context
	cancels    []func(reason string)
	afters     []func() bool
	mutexes    [2]sync.Mutex
	rw         sync.RWMutex
	group      sync.WaitGroup
	onces      [2]sync.Once
	conditions [2]*sync.Cond
	waiting    [2]int // for a condition
	numbers    [2]atomic.Int64
}

// An actor is whoever runs operations: a goroutine, or a function that a timer or context starts.
type actor struct {
	*machine
	name string
	slot int            // -1: acts at any time
	held map[string]int // locks
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	m := &machine{start: time.Now()}
	m.conditions = [2]*sync.Cond{sync.NewCond(&m.mutexes[0]), sync.NewCond(m.rw.RLocker())}
	var goroutines []string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if name, operations, found := strings.Cut(line, ": "); found {
			if name != strconv.Itoa(len(goroutines)) {
				panic("goroutines are numbered from 0 on: " + line)
			}
			goroutines = append(goroutines, operations)
		} else {
			m.declare(strings.Fields(line))
		}
	}
	for i := 1; i < len(goroutines); i++ {
		go m.actor(strconv.Itoa(i), i).run(goroutines[i])
	}
	m.actor("0", 0).run(goroutines[0])
}

func (m *machine) actor(name string, slot int) *actor {
	return &actor{m, name, slot, map[string]int{}}
}

// declare makes what a line such as `channel 2` or `context timeout x0 5500` asks for.
func (m *machine) declare(words []string) {
	rest := words[1:]
	switch words[0] {
	case "unit":
		m.unit = time.Duration(number(rest[0]))
	case "channel":
		m.channels = append(m.channels, make(chan int, number(rest[0])))
	case "timer":
		m.timers = append(m.timers, time.NewTimer(m.units(rest[0])))
	case "ticker":
		m.ticker = time.NewTicker(m.units(rest[0]))
	case "function":
		name := "f" + strconv.Itoa(len(m.functions))
		m.functions = append(m.functions, time.AfterFunc(m.units(rest[0]), func() {
			m.actor(name, -1).run(strings.Join(rest[1:], " "))
		}))
	case "context":
		m.derive(rest)
	case "after":
		n := len(m.afters)
		m.afters = append(m.afters, context.AfterFunc(m.context(rest[0]), func() {
			m.actor("h"+strconv.Itoa(n), firstAfter+n).run(strings.Join(rest[1:], " "))
		}))
	default:
		panic("unknown: " + words[0])
	}
}

// derive makes a context: `cancel x0`, `cause x0`, `timeout x0 5500`, `late x0 5500` or `without x0`.
func (m *machine) derive(words []string) {
	parent := m.context(words[1])
	var child context.Context
	cancel := func() {}
	var cancelCause context.CancelCauseFunc
	switch words[0] {
	case "cancel":
		child, cancel = context.WithCancel(parent)
	case "cause":
		child, cancelCause = context.WithCancelCause(parent)
	case "timeout":
		child, cancel = context.WithTimeout(parent, m.units(words[2]))
	case "late":
		child, cancel = context.WithTimeoutCause(parent, m.units(words[2]), errors.New("late"))
	case "without":
		child = context.WithoutCancel(parent)
	}
	m.contexts = append(m.contexts, child)
	m.cancels = append(m.cancels, func(reason string) {
		if cancelCause == nil {
			cancel()
		} else if reason == "nil" {
			cancelCause(nil)
		} else {
			cancelCause(errors.New(reason))
		}
	})
}

// run does a goroutine's operations. Behind a semicolon it waits for its next slot, behind a comma
// it goes on at once, unless the operation before has taken time.
func (a *actor) run(operations string) {
	number := 0
	for _, burst := range strings.Split(operations, "; ") {
		for i, operation := range strings.Split(burst, ", ") {
			if a.slot >= 0 && (i == 0 || a.now()%round != a.slot*slot) {
				a.waitForSlot()
			}
			result := a.try(strings.Fields(operation))
			// This print, unlike fmt's, lets nobody else run while it writes. Its writes go to stderr.
			print(fmt.Sprintf("> %s %d %d %s\n", a.name, number, a.now(), result))
			number++
		}
	}
}

func (a *actor) waitForSlot() {
	now := a.now()
	next := now - now%round + a.slot*slot
	if next <= now {
		next += round
	}
	time.Sleep(time.Duration(next-now) * a.unit)
	// Go's scheduler preempts who has run for 10 ms, as seen by another thread, and the virtual clock
	// may just have moved by more. This begins a time slice.
	runtime.Gosched()
}

// try does an operation and recovers from its panic, unless there is a `bare` before it.
func (a *actor) try(words []string) (result string) {
	if words[0] == "bare" {
		return a.do(words[1:])
	}
	defer func() {
		if value := recover(); value != nil {
			result = fmt.Sprint("panic: ", value)
		}
	}()
	return a.do(words)
}

// do does an operation on the thing named by the second word; its result.
func (a *actor) do(words []string) string {
	operation, thing, rest := words[0], "", []string(nil)
	if len(words) > 1 {
		thing, rest = words[1], words[2:]
	}
	switch operation {
	case "sleep":
		time.Sleep(a.units(thing))
		return "-"
	case "forever":
		select {}
	case "panic":
		panic(number(thing))
	case "select":
		return a.selects(words[1:])
	case "once":
		result := "-"
		a.onces[index(thing)].Do(func() { result = "ran " + a.do(rest) })
		return result
	}
	switch thing[0] {
	case 'c', 'n':
		return a.onChannel(operation, thing, rest)
	case 't', 'k', 'f':
		return a.onTimer(operation, thing, rest)
	case 'x', 'h':
		return a.onContext(operation, thing, rest)
	case 'm':
		return a.onMutex(operation, thing)
	case 'w':
		return a.onRWMutex(operation)
	case 'g':
		return a.onGroup(operation, rest)
	case 'd':
		return a.onCondition(operation, index(thing))
	case 'a':
		return onNumber(&a.numbers[index(thing)], operation, rest)
	}
	panic("unknown: " + strings.Join(words, " "))
}

func (a *actor) onChannel(operation, thing string, rest []string) string {
	c := a.channel(thing)
	switch operation {
	case "send":
		c <- number(rest[0])
		return "-"
	case "recv":
		return fmt.Sprint(<-c)
	case "recv_ok":
		value, ok := <-c
		return fmt.Sprint(value, " ", ok)
	case "next":
		for value := range c {
			return fmt.Sprint(value)
		}
		return "end"
	case "close":
		close(c)
		return "-"
	case "len":
		return fmt.Sprint(len(c), " ", cap(c))
	}
	panic("unknown: " + operation)
}

func (a *actor) onTimer(operation, thing string, rest []string) string {
	switch operation {
	case "recv":
		return fmt.Sprint(a.since(<-a.clock(thing)))
	case "stop":
		if thing[0] == 'k' {
			a.ticker.Stop()
			return "-"
		}
		return fmt.Sprint(a.timer(thing).Stop())
	case "reset":
		if thing[0] == 'k' {
			a.ticker.Reset(a.units(rest[0]))
			return "-"
		}
		return fmt.Sprint(a.timer(thing).Reset(a.units(rest[0])))
	}
	panic("unknown: " + operation)
}

func (a *actor) onContext(operation, thing string, rest []string) string {
	if thing[0] == 'h' {
		return fmt.Sprint(a.afters[index(thing)]())
	}
	x := a.context(thing)
	switch operation {
	case "recv":
		_, ok := <-x.Done()
		return fmt.Sprint(ok)
	case "cancel":
		a.cancels[index(thing)](rest[0])
		return "-"
	case "err":
		return fmt.Sprint(x.Err())
	case "cause":
		return fmt.Sprint(context.Cause(x))
	case "deadline":
		if deadline, ok := x.Deadline(); ok {
			return fmt.Sprint(a.since(deadline))
		}
		return "none"
	}
	panic("unknown: " + operation)
}

func (a *actor) onMutex(operation, thing string) string {
	m := &a.mutexes[index(thing)]
	switch operation {
	case "lock":
		m.Lock()
		a.held[thing]++
		return "-"
	case "try_lock":
		return a.tried(thing, m.TryLock())
	case "unlock":
		return a.release(thing, m.Unlock)
	case "force":
		m.Unlock()
		return "-"
	}
	panic("unknown: " + operation)
}

func (a *actor) onRWMutex(operation string) string {
	switch operation {
	case "lock":
		a.rw.Lock()
		a.held["w0"]++
		return "-"
	case "try_lock":
		return a.tried("w0", a.rw.TryLock())
	case "unlock":
		return a.release("w0", a.rw.Unlock)
	case "force":
		a.rw.Unlock()
		return "-"
	case "rlock":
		a.rw.RLock()
		a.held["r0"]++
		return "-"
	case "try_rlock":
		return a.tried("r0", a.rw.TryRLock())
	case "runlock":
		return a.release("r0", a.rw.RUnlock)
	case "rforce":
		a.rw.RUnlock()
		return "-"
	}
	panic("unknown: " + operation)
}

// tried notes a lock that was taken.
func (a *actor) tried(lock string, taken bool) string {
	if taken {
		a.held[lock]++
	}
	return fmt.Sprint(taken)
}

// release unlocks only what this actor has locked.
func (a *actor) release(lock string, unlock func()) string {
	if a.held[lock] == 0 {
		return "skipped"
	}
	a.held[lock]--
	unlock()
	return "-"
}

func (a *actor) onGroup(operation string, rest []string) string {
	switch operation {
	case "add":
		a.group.Add(number(rest[0]))
	case "done":
		a.group.Done()
	case "wait":
		a.group.Wait()
	case "go":
		a.group.Go(func() {
			s := a.actor("s", helper)
			s.run(strings.Join(rest, " "))
			s.waitForSlot() // the group counts it down: an operation too
		})
	default:
		panic("unknown: " + operation)
	}
	return "-"
}

// onCondition waits only with the lock held. Several who contend for a mutex once they are woken
// would do so in an order that nobody promises: so only one is.
func (a *actor) onCondition(operation string, i int) string {
	condition := a.conditions[i]
	switch operation {
	case "wait":
		if a.held[[]string{"m0", "r0"}[i]] == 0 {
			return "skipped"
		}
		a.waiting[i]++
		condition.Wait()
		a.waiting[i]--
	case "signal":
		condition.Signal()
	case "broadcast":
		if i == 0 && a.waiting[i] > 1 {
			return "skipped"
		}
		condition.Broadcast()
	default:
		panic("unknown: " + operation)
	}
	return "-"
}

func onNumber(a *atomic.Int64, operation string, rest []string) string {
	switch operation {
	case "load":
		return fmt.Sprint(a.Load())
	case "store":
		a.Store(int64(number(rest[0])))
		return "-"
	case "add":
		return fmt.Sprint(a.Add(int64(number(rest[0]))))
	case "swap":
		return fmt.Sprint(a.Swap(int64(number(rest[0]))))
	case "cas":
		return fmt.Sprint(a.CompareAndSwap(int64(number(rest[0])), int64(number(rest[1]))))
	}
	panic("unknown: " + operation)
}

// selects runs `select recv c0 | send c1 105 | default`; the case taken, and what was received.
func (a *actor) selects(words []string) string {
	var cases []reflect.SelectCase
	var things []string
	for _, text := range strings.Split(strings.Join(words, " "), " | ") {
		word := strings.Fields(text)
		things = append(things, word[len(word)-1])
		switch word[0] {
		case "default":
			cases = append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})
		case "recv":
			c := a.source(word[1])
			cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: c})
		case "send":
			c := reflect.ValueOf(a.channel(word[1]))
			value := reflect.ValueOf(number(word[2]))
			cases = append(cases, reflect.SelectCase{Dir: reflect.SelectSend, Chan: c, Send: value})
		}
	}
	taken, value, ok := reflect.Select(cases)
	result := fmt.Sprint(taken)
	if cases[taken].Dir != reflect.SelectRecv {
		return result
	}
	switch received := value.Interface().(type) {
	case int:
		return fmt.Sprint(result, " ", received, " ", ok)
	case time.Time:
		return fmt.Sprint(result, " ", a.since(received))
	}
	return result
}

// source is a channel that a select can receive from.
func (m *machine) source(thing string) reflect.Value {
	switch thing[0] {
	case 'x':
		return reflect.ValueOf(m.context(thing).Done())
	case 't', 'k':
		return reflect.ValueOf(m.clock(thing))
	}
	return reflect.ValueOf(m.channel(thing))
}

func (m *machine) clock(thing string) <-chan time.Time {
	if thing[0] == 'k' {
		return m.ticker.C
	}
	return m.timer(thing).C
}

func (m *machine) timer(thing string) *time.Timer {
	if thing[0] == 'f' {
		return m.functions[index(thing)]
	}
	return m.timers[index(thing)]
}

func (m *machine) channel(thing string) chan int {
	if thing == "nil" {
		return nil
	}
	return m.channels[index(thing)]
}

func (m *machine) context(thing string) context.Context {
	if thing == "background" {
		return context.Background()
	}
	return m.contexts[index(thing)]
}

func (m *machine) units(text string) time.Duration { return time.Duration(number(text)) * m.unit }
func (m *machine) since(t time.Time) int           { return int(t.Sub(m.start) / m.unit) }
func (m *machine) now() int                        { return m.since(time.Now()) }

// index is 3 for `c3`.
func index(thing string) int { return number(thing[1:]) }

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}
