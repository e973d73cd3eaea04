"""A program as Python to be read, pasted in a cell, and run: `main_of` compiles just this text."""

from __future__ import annotations

import linecache
import weakref
import zlib
from collections.abc import Callable
from typing import Any

from .program import LAST, NIL, Block, Op, Program, Thing, returning

HEADER = """\
from gochan import Chan, Panic, Var, default, go, nil, panic, recv, select, send
from gochan import atomic, context, runtime, sync, time
"""
ERROR_NUMBERS = """\
ERRORS = [type(None), context.Canceled, context.DeadlineExceeded]
"""

MADE = {
    "c": "Chan[int]({size})",
    "m": "sync.Mutex()",
    "r": "sync.RWMutex()",
    "w": "sync.WaitGroup()",
    "o": "sync.Once()",
    "d": "sync.Cond({of})",
    "v": "Var(0)",
    "a": "atomic.Int(0)",
    "p": "Var({{1: 0, 2: 0}})",
    "t": "time.Timer({seconds})",
    "f": "time.after_func({seconds}, g{body})",
    "k": "context.after_func({of}, g{body})",
}

DONE = {  # nothing is seen
    "send c": "{thing}.send({value})",
    "close c": "{thing}.close()",
    "lock m": "{thing}.lock()",
    "unlock m": "{thing}.unlock()",
    "lock r": "{thing}.lock()",
    "unlock r": "{thing}.unlock()",
    "rlock r": "{thing}.rlock()",
    "runlock r": "{thing}.runlock()",
    "add w": "{thing}.add({value})",
    "done w": "{thing}.done()",
    "wait w": "{thing}.wait()",
    "start w": "{thing}.go(g{value})",
    "wait d": "{thing}.wait()",
    "signal d": "{thing}.signal()",
    "broadcast d": "{thing}.broadcast()",
    "write v": "{thing}.value = {value}",
    "increment v": "{thing}.value += 1",
    "store a": "{thing}.store({value})",
    "put p": "{thing}[{key}] = {value}",
    "delete p": "del {thing}[{key}]",
    "recv x": "{thing}.done().recv()",
    "cancel x": "cancel_{thing}()",
    "go": "{starter}(g{value})",
    "later": "time.after_func({seconds}, g{key})",
    "sleep": "time.sleep({seconds})",
    "gosched": "runtime.gosched()",
    "panic": "panic({value})",
}

SEEN = {  # a number is seen
    "recv c": "{thing}.recv()",
    "len c": "len({thing})",
    "try_lock m": "int({thing}.try_lock())",
    "try_lock r": "int({thing}.try_lock())",
    "try_rlock r": "int({thing}.try_rlock())",
    "read v": "{thing}.value",
    "load a": "{thing}.load()",
    "add a": "{thing}.add({value})",
    "swap a": "{thing}.swap({value})",
    "compare_and_swap a": "int({thing}.compare_and_swap({key}, {value}))",
    "get p": "{thing}[{key}]",
    "has p": "int({key} in {thing})",
    "size p": "len({thing})",
    "recv t": "round(1000 * {thing}.c.recv())",
    "stop t": "int({thing}.stop())",
    "reset t": "int({thing}.reset({seconds}))",
    "stop f": "int({thing}.stop())",
    "reset f": "int({thing}.reset({seconds}))",
    "err x": "ERRORS.index(type({thing}.err()))",
    "stop k": "int({thing}())",
    "now": "round(1000 * time.now())",
}

LINES = {**DONE, **{key: f"{{saw}}.append({text})" for key, text in SEEN.items()}}
LINES["recv_ok c"] = "{saw}.extend(map(int, {thing}.recv_ok()))"

HEADS = {  # what stands before a block
    "with m": "with {thing}:",
    "with r": "with {thing}:",
    "rwith r": "with {thing}.rlocker():",
    "if": "if {saw}[-1] == {value}:",
    "loop": "for _ in range({value}):",
}

CASES = {
    "recv c": "recv({thing})",
    "send c": "send({thing}, {value})",
    "recv t": "recv({thing}.c)",
    "recv x": "recv({thing}.done())",
    "after": "recv(time.after({seconds}))",
    "default": "default",
}

WORDS = {*LINES, *HEADS, "range c", "until d", "do o", "try", "return", "select"}


def word_of(op: Op) -> str:
    """Its word, and the kind of thing that it is for: `send c`."""
    return f"{op.word} {op.thing[0]}" if op.thing else op.word


def source_of(program: Program) -> str:
    """A function `main` of gochan, with its imports."""
    writer = _Writer(program)
    writer.write_main()
    return HEADER + ERROR_NUMBERS * writer.asks_for_errors + "\n\n" + "\n".join(writer.lines) + "\n"


def main_of(program: Program) -> Callable[[], Any]:
    """The `main` of `source_of`, to be run.

    It returns a tuple of what main saw, or, if it joins the others, of such tuples.
    """
    text = source_of(program)
    file = f"<program {zlib.crc32(text.encode()):08x}>"
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(text, file, "exec"), names)
    main: Callable[[], Any] = names["main"]
    # With its lines at hand, channels and locks have their names in reports.
    entry = (len(text), None, text.splitlines(keepends=True), file)
    linecache.cache[file] = entry
    weakref.finalize(main, _forget, file, entry)
    return main


def _forget(file: str, entry: tuple[Any, ...]) -> None:
    if linecache.cache.get(file) is entry:  # the same program may have been compiled again
        del linecache.cache[file]


class _Writer:
    """Writes the lines of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.returning = returning(program)
        self.lines: list[str] = []
        self.depth = 0
        self.asks_for_errors = any(op.word == "err" for op in program.operations())

    def line(self, text: str) -> None:
        """One more, where we are."""
        self.lines.append("    " * self.depth + text)

    def write_main(self) -> None:
        """All that there is."""
        self.line("def main():")
        self.depth += 1
        late = [thing for thing in self.program.things if thing.body >= 0]
        for thing in self.program.things:
            if thing not in late:
                self.line(_made(thing))
        for i in self.returning:
            self.line(f"saw{i} = [0]")
        if self.program.joined:
            self.line("team = sync.WaitGroup()")
        for i in range(1, len(self.program.bodies)):
            self.goroutine(i)
        for thing in late:
            self.line(_made(thing))
        self.body(0)
        if self.program.joined:
            self.line("team.wait()")
        seen = ", ".join(f"tuple(saw{i})" for i in self.returning)
        self.line(f"return {seen}")

    def goroutine(self, i: int) -> None:
        """The function of one."""
        self.lines.append("")
        self.line(f"def g{i}():")
        self.depth += 1
        first = len(self.lines)
        self.body(i)
        if i not in self.returning and f"saw{i}" in "".join(self.lines[first:]):
            self.lines.insert(first, f"        saw{i} = [0]")
        self.depth -= 1
        if i == len(self.program.bodies) - 1:
            self.lines.append("")

    def body(self, i: int) -> None:
        """What a goroutine does."""
        for op in self.program.bodies[i]:
            self.op(op, i)
        if i and not self.program.bodies[i]:
            self.line("pass")

    def block(self, head: str, block: Block, i: int) -> None:
        """The operations inside another one, of goroutine i."""
        self.line(head)
        self.depth += 1
        for op in block:
            self.op(op, i)
        if not block:
            self.line("pass")
        self.depth -= 1

    def op(self, op: Op, i: int) -> None:
        """One operation of goroutine i."""
        word = word_of(op)
        if word in LINES:
            self.line(self.filled(LINES[word], op, i))
        elif word in HEADS:
            self.block(self.filled(HEADS[word], op, i), op.body, i)
            if op.other:
                self.block("else:", op.other, i)
        else:
            getattr(self, f"op_{op.word}")(op, i)

    def op_return(self, op: Op, i: int) -> None:
        self.line("return" if i else "return tuple(saw0)")

    def op_range(self, op: Op, i: int) -> None:
        self.line(f"for count, value in enumerate({op.thing}, 1):")
        self.depth += 1
        self.line(f"saw{i}.append(value)")
        for inner in op.body:
            self.op(inner, i)
        self.block(f"if count == {op.value}:", (), i)
        self.lines[-1] = self.lines[-1].replace("pass", "break")
        self.depth -= 1

    def op_until(self, op: Op, i: int) -> None:
        self.block(f"while {op.key}.value == 0:", (Op("wait", op.thing),), i)

    def op_do(self, op: Op, i: int) -> None:
        self.block(f"def first_{op.thing}():", op.body, i)
        self.line(f"{op.thing}.do(first_{op.thing})")

    def op_try(self, op: Op, i: int) -> None:
        self.block("try:", op.body, i)
        self.line("except Panic:")
        self.line(f"    saw{i}.append(-1)")

    def op_select(self, op: Op, i: int) -> None:
        cases = [self.filled(CASES[word_of(case)], case, i) for case in op.body]
        if not cases:
            self.line("select()")
            return
        self.line(f"match select({', '.join(cases)}):")
        self.depth += 1
        for index, case in enumerate(op.body):
            self.case(index, case, i)
        self.depth -= 1

    def case(self, index: int, case: Op, i: int) -> None:
        """What a select does in this case; it has seen its number, and what it received."""
        has_value = word_of(case) == "recv c"
        self.line(f"case {index}, {'value, _' if has_value else '*_'}:")
        self.depth += 1
        self.line(f"saw{i}.extend(({index}, value))" if has_value else f"saw{i}.append({index})")
        for op in case.body:
            self.op(op, i)
        self.depth -= 1

    def filled(self, text: str, op: Op, i: int) -> str:
        """A text of the tables, with what this operation has in it."""
        value = f"saw{i}[-1]" if op.value == LAST else op.value
        return text.format(
            thing=op.thing,
            value=value,
            seconds=op.value / 1000 if isinstance(op.value, int) else "",
            key=op.key,
            saw=f"saw{i}",
            starter="team.go" if self.program.joined else "go",
        )


def _made(thing: Thing) -> str:
    """The line that makes a thing."""
    seconds = thing.size / 1000
    if thing.kind == "x":
        parent = thing.of or "context.background()"
        kind = f"with_timeout({parent}, {seconds})" if thing.size else f"with_cancel({parent})"
        return f"{thing.name}, cancel_{thing.name} = context.{kind}"
    if thing.size == NIL:
        return f"{thing.name} = nil"
    text = MADE[thing.kind].format(size=thing.size, seconds=seconds, of=thing.of, body=thing.body)
    return f"{thing.name} = {text}"
