"""A program as Go: the twin of what `source` writes in Python.

Before each operation stands `pause()`, which the runner of `real_go` defines: it lets others go now
and then. A `Var` becomes an atomic number that is loaded and stored, since `explore` takes its
operations one after the other, as the memory model promises only without a data race.
"""

from __future__ import annotations

from .program import LAST, NIL, Block, Op, Program, Thing, returning
from .source import word_of

MADE = {
    "c": "make(chan int, {size})",
    "m": "new(sync.Mutex)",
    "r": "new(sync.RWMutex)",
    "w": "new(sync.WaitGroup)",
    "o": "new(sync.Once)",
    "d": "sync.NewCond({of})",
    "v": "new(atomic.Int64)",
    "a": "new(atomic.Int64)",
    "p": "map[int]int{{1: 0, 2: 0}}",
    "t": "time.NewTimer({duration})",
    "f": "time.AfterFunc({duration}, func() {{ g{body}() }})",
    "k": "context.AfterFunc({of}, func() {{ g{body}() }})",
}

LATE = {"f": "*time.Timer", "k": "func() bool"}  # they start goroutines, which may use them

DONE = {  # nothing is seen
    "send c": "{thing} <- {value}",
    "close c": "close({thing})",
    "lock m": "{thing}.Lock()",
    "unlock m": "{thing}.Unlock()",
    "lock r": "{thing}.Lock()",
    "unlock r": "{thing}.Unlock()",
    "rlock r": "{thing}.RLock()",
    "runlock r": "{thing}.RUnlock()",
    "add w": "{thing}.Add({value})",
    "done w": "{thing}.Done()",
    "wait w": "{thing}.Wait()",
    "start w": "{thing}.Go(g{value})",
    "wait d": "{thing}.Wait()",
    "signal d": "{thing}.Signal()",
    "broadcast d": "{thing}.Broadcast()",
    "write v": "{thing}.Store(int64({value}))",
    "increment v": "{thing}.Store(1 + loaded({thing}))",
    "store a": "{thing}.Store(int64({value}))",
    "put p": "{thing}[{key}] = {value}",
    "delete p": "delete({thing}, {key})",
    "recv x": "<-{thing}.Done()",
    "cancel x": "cancel_{thing}()",
    "go": "{starter}",
    "later": "time.AfterFunc({duration}, func() {{ g{key}() }})",
    "sleep": "time.Sleep({duration})",
    "gosched": "runtime.Gosched()",
    "panic": "panic({value})",
}

SEEN = {  # a number is seen
    "recv c": "<-{thing}",
    "len c": "len({thing})",
    "try_lock m": "number({thing}.TryLock())",
    "try_lock r": "number({thing}.TryLock())",
    "try_rlock r": "number({thing}.TryRLock())",
    "read v": "int({thing}.Load())",
    "load a": "int({thing}.Load())",
    "add a": "int({thing}.Add(int64({value})))",
    "swap a": "int({thing}.Swap(int64({value})))",
    "compare_and_swap a": "number({thing}.CompareAndSwap({key}, int64({value})))",
    "get p": "{thing}[{key}]",
    "has p": "number(has({thing}, {key}))",
    "size p": "len({thing})",
    "recv t": "since(begin, <-{thing}.C)",
    "stop t": "number({thing}.Stop())",
    "reset t": "number({thing}.Reset({duration}))",
    "stop f": "number({thing}.Stop())",
    "reset f": "number({thing}.Reset({duration}))",
    "err x": "errorNumber({thing}.Err())",
    "stop k": "number({thing}())",
    "now": "since(begin, time.Now())",
}

LOCKED = {  # how it is taken, and how it is given back
    "with m": ("Lock", "Unlock"),
    "with r": ("Lock", "Unlock"),
    "rwith r": ("RLock", "RUnlock"),
}

CASES = {
    "recv c": "value := <-{thing}",
    "send c": "{thing} <- {value}",
    "recv t": "<-{thing}.C",
    "recv x": "<-{thing}.Done()",
    "after": "<-time.After({duration})",
}

PRELUDE = """\
func number(yes bool) int {
\tif yes {
\t\treturn 1
\t}
\treturn 0
}

func has(table map[int]int, key int) bool {
\t_, ok := table[key]
\treturn ok
}

func loaded(v *atomic.Int64) int64 {
\tvalue := v.Load()
\tpause()
\treturn value
}

func since(begin, at time.Time) int {
\treturn int(at.Sub(begin).Round(time.Millisecond) / time.Millisecond)
}

func errorNumber(err error) int {
\tif err == nil {
\t\treturn 0
\t}
\tif err == context.Canceled {
\t\treturn 1
\t}
\treturn 2
}

// A Python tuple of what was seen, so that both sides say the same.
func tuple(seen []int) string {
\ttexts := make([]string, len(seen))
\tfor i, one := range seen {
\t\ttexts[i] = strconv.Itoa(one)
\t}
\tif len(seen) == 1 {
\t\treturn "(" + texts[0] + ",)"
\t}
\treturn "(" + strings.Join(texts, ", ") + ")"
}
"""
IMPORTS = ("context", "runtime", "strconv", "strings", "sync", "sync/atomic", "time")


def go_source_of(program: Program, name: str) -> str:
    """A Go function of this name that returns what main saw, written as Python would."""
    writer = _Writer(program)
    writer.write(name)
    return "\n".join(writer.lines) + "\n"


class _Writer:
    """Writes the lines of one program.

    A block whose end needs a `defer` becomes a function of its own; `return` in it tells the
    function around to return, too. `leaving` says what to write for that in each function we are
    in, the innermost last.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.returning = returning(program)
        self.lines: list[str] = []
        self.depth = 0
        self.leaving: list[str] = []

    def line(self, text: str) -> None:
        """One more, where we are."""
        self.lines.append("\t" * self.depth + text)

    def write(self, name: str) -> None:
        """All that there is."""
        self.line(f"func {name}() (result string) {{")
        self.depth += 1
        self.line("begin := time.Now()")
        self.line("_ = begin")
        late = [thing for thing in self.program.things if thing.body >= 0]
        for thing in self.program.things:
            if thing in late:
                self.line(f"var {thing.name} {LATE[thing.kind]}")
            else:
                self.made(thing)
        for i in self.returning:
            self.seen(i)
        if self.program.joined:
            self.line("var team sync.WaitGroup")
        self.goroutines()
        for thing in late:
            self.made(thing)
        self.leaving.append("result = tuple(saw0)\nreturn")
        self.block(self.program.bodies[0], 0)
        if self.program.joined:
            self.line("pause()")
            self.line("team.Wait()")
        self.line(f"return {self.result()}")
        self.depth -= 1
        self.line("}")

    def result(self) -> str:
        """Go for the tuple that Python's main returns."""
        each = [f"tuple(saw{i})" for i in self.returning]
        return each[0] if len(each) == 1 else '"(" + ' + ' + ", " + '.join(each) + ' + ")"'

    def seen(self, i: int) -> None:
        """Where a goroutine notes what it sees."""
        self.line(f"saw{i} := []int{{0}}")
        self.line(f"_ = saw{i}")

    def goroutines(self) -> None:
        """Their functions, which may start one another."""
        numbers = range(1, len(self.program.bodies))
        if numbers:
            self.line(f"var {', '.join(f'g{i}' for i in numbers)} func()")
        for i in numbers:
            self.line(f"g{i} = func() {{")
            self.depth += 1
            if i not in self.returning:
                self.seen(i)
            self.inside("return", self.program.bodies[i], i)
            self.depth -= 1
            self.line("}")
            self.line(f"_ = g{i}")

    def made(self, thing: Thing) -> None:
        """The lines that make a thing."""
        duration = _duration(thing.size)
        if thing.kind == "x":
            parent = thing.of or "context.Background()"
            made = f"WithTimeout({parent}, {duration})" if thing.size else f"WithCancel({parent})"
            self.line(f"{thing.name}, cancel_{thing.name} := context.{made}")
            self.line(f"_ = cancel_{thing.name}")
        elif thing.size == NIL:
            self.line(f"var {thing.name} chan int")
        else:
            text = MADE[thing.kind]
            text = text.format(size=thing.size, duration=duration, of=thing.of, body=thing.body)
            self.line(f"{thing.name} {'=' if thing.kind in LATE else ':='} {text}")
        self.line(f"_ = {thing.name}")

    def block(self, block: Block, i: int) -> None:
        """Operations of goroutine i, one after the other."""
        for op in block:
            self.op(op, i)

    def inside(self, leaving: str, block: Block, i: int) -> None:
        """Those of a function of its own."""
        self.leaving.append(leaving)
        self.block(block, i)
        self.leaving.pop()

    def op(self, op: Op, i: int) -> None:
        """One operation of goroutine i."""
        word = word_of(op)
        if word in DONE:
            self.line("pause()")
            self.line(self.filled(DONE[word], op, i))
        elif word in SEEN:
            self.line("pause()")
            self.line(f"saw{i} = append(saw{i}, {self.filled(SEEN[word], op, i)})")
        elif word in LOCKED:
            self.locked(*LOCKED[word], op, i)
        else:
            getattr(self, f"op_{op.word}")(op, i)

    def op_recv_ok(self, op: Op, i: int) -> None:
        self.line("pause()")
        self.line(f"if value, ok := <-{op.thing}; true {{")
        self.line(f"\tsaw{i} = append(saw{i}, value, number(ok))")
        self.line("}")

    def op_return(self, op: Op, i: int) -> None:
        self.line("if true {")  # what follows is no error then
        for text in self.leaving[-1].split("\n"):
            self.line(f"\t{text}")
        self.line("}")

    def op_if(self, op: Op, i: int) -> None:
        self.line(f"if saw{i}[len(saw{i})-1] == {op.value} {{")
        self.indented(op.body, i)
        if op.other:
            self.line("} else {")
            self.indented(op.other, i)
        self.line("}")

    def op_loop(self, op: Op, i: int) -> None:
        self.line(f"for range {op.value} {{")
        self.indented(op.body, i)
        self.line("}")

    def op_range(self, op: Op, i: int) -> None:
        count = f"count{len(self.lines)}"
        self.line(f"{count} := 0")
        self.line("pause()")
        self.line(f"for value := range {op.thing} {{")
        self.depth += 1
        self.line(f"{count}++")
        self.line(f"saw{i} = append(saw{i}, value)")
        self.block(op.body, i)
        self.line(f"if {count} == {op.value} {{")
        self.line("\tbreak")
        self.line("}")
        self.line("pause()")
        self.depth -= 1
        self.line("}")

    def op_until(self, op: Op, i: int) -> None:
        self.line(f"for loaded({op.key}) == 0 {{")
        self.line("\tpause()")
        self.line(f"\t{op.thing}.Wait()")
        self.line("}")

    def op_do(self, op: Op, i: int) -> None:
        self.line("pause()")
        self.line(f"{op.thing}.Do(func() {{")
        self.depth += 1
        self.inside("return", op.body, i)
        self.depth -= 1
        self.line("})")

    def op_try(self, op: Op, i: int) -> None:
        caught = f"if recover() != nil {{ saw{i} = append(saw{i}, -1) }}"
        self.deferring(f"func() {{ {caught} }}()", op.body, i)

    def locked(self, take: str, give: str, op: Op, i: int) -> None:
        """A block under a lock."""
        self.line("pause()")
        self.line(f"{op.thing}.{take}()")
        self.deferring(f"func() {{ pause(); {op.thing}.{give}() }}()", op.body, i)

    def deferring(self, last: str, block: Block, i: int) -> None:
        """A block with something that is done at its end, however it ends."""
        self.line("if func() (leaving bool) {")
        self.depth += 1
        self.line(f"defer {last}")
        self.inside("return true", block, i)
        self.line("return false")
        self.depth -= 1
        self.line("}() {")
        for text in self.leaving[-1].split("\n"):
            self.line(f"\t{text}")
        self.line("}")

    def op_select(self, op: Op, i: int) -> None:
        self.line("pause()")
        self.line("select {")
        for number, case in enumerate(op.body):
            is_received = word_of(case) == "recv c"
            head = CASES.get(word_of(case))
            self.line(f"case {self.filled(head, case, i)}:" if head else "default:")
            self.depth += 1
            self.line(f"saw{i} = append(saw{i}, {number}{', value' * is_received})")
            self.block(case.body, i)
            self.depth -= 1
        self.line("}")

    def indented(self, block: Block, i: int) -> None:
        self.depth += 1
        self.block(block, i)
        self.depth -= 1

    def filled(self, text: str, op: Op, i: int) -> str:
        """A text of the tables, with what this operation has in it."""
        team = f"team.Go(g{op.value})" if self.program.joined else f"go g{op.value}()"
        return text.format(
            thing=op.thing,
            value=f"saw{i}[len(saw{i})-1]" if op.value == LAST else op.value,
            duration=_duration(op.value) if isinstance(op.value, int) else "",
            key=op.key,
            starter=team,
        )


def _duration(milliseconds: int) -> str:
    return f"{milliseconds} * time.Millisecond"
