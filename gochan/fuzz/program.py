"""A small program as data: what goroutines share, and what each of them does.

It holds nothing of Python: every operation is one of Go's, with the same meaning. Goroutine 0 is
main; it makes all things before it starts anybody.

    thing                                   operations (value; key)
    c  channel (size: capacity; NIL)        send (what), recv, recv_ok, close, len, range (bound)
    m  Mutex                                lock, unlock, try_lock, with
    r  RWMutex                              the same, and rlock, runlock, try_rlock, rwith
    w  WaitGroup                            add (delta), done, wait, start (goroutine)
    o  Once                                 do
    d  Cond (of: its lock)                  wait, signal, broadcast, until (key: while v is 0)
    v  Var, a number                        read, write (what), increment
    a  atomic number                        load, store (what), add (delta), swap (what),
                                            compare_and_swap (new; old)
    p  Var, a map with keys 1 and 2         get, put (what), has, delete (key), size
    t  Timer (size: milliseconds)           recv, stop, reset (milliseconds)
    f  after_func (size; body)              stop, reset (milliseconds)
    x  context (size: timeout or 0; of)     recv, cancel, err
    k  context's after_func (of; body)      stop

Without a thing: go (goroutine), later (milliseconds; goroutine), sleep (milliseconds), gosched,
now, panic (what), return, if (the number seen last is this), loop (times), try, and select, whose
body are its cases: recv and send with bodies of their own, after (milliseconds), default.

What a goroutine sees (values received, whether it could lock, which case was taken) it notes as
numbers. LAST stands for the last of them, where a value is wanted. What main noted is what the
program returns. If it is `joined`, main waits in the end for all that were started with go, and
returns what they noted, too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeAlias

LAST = "last"  # as a value: what the goroutine saw last
NIL = -1  # as a size: the nil channel
NEVER_STARTED = -1  # as a thing's body: it starts nobody


@dataclass(frozen=True)
class Op:
    """One operation; `body` and `other` are what is inside it and inside its else."""

    word: str
    thing: str = ""
    value: int | str = 0
    key: int | str = 0
    body: Block = ()
    other: Block = ()


Block: TypeAlias = tuple[Op, ...]


@dataclass(frozen=True)
class Thing:
    """What is shared; the first letter of its name is its kind."""

    name: str
    size: int = 0
    of: str = ""
    body: int = NEVER_STARTED

    @property
    def kind(self) -> str:
        """A letter."""
        return self.name[0]


@dataclass(frozen=True)
class Program:
    """Things, and the goroutines that use them: `bodies[0]` is main."""

    things: tuple[Thing, ...] = ()
    bodies: tuple[Block, ...] = field(default=((),))
    joined: bool = False

    def operations(self) -> Iterator[Op]:
        """All of them, those inside others too."""
        for body in self.bodies:
            yield from inside(body)

    def to_json(self) -> str:
        """What `from_json` reads."""
        return json.dumps(_plain(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Program:
        """The program that `to_json` wrote."""
        data = json.loads(text)
        return cls(
            tuple(Thing(**thing) for thing in data.get("things", ())),
            tuple(_block(body) for body in data["bodies"]),
            data.get("joined", False),
        )


def _plain(thing: Any) -> Any:
    """As JSON has it; what is as usual is left out."""
    if isinstance(thing, tuple):
        return [_plain(one) for one in thing]
    if not isinstance(thing, (Op, Thing, Program)):
        return thing
    values = ((one, getattr(thing, one.name)) for one in fields(thing))
    return {one.name: _plain(value) for one, value in values if value != one.default}


def _block(ops: list[dict[str, Any]]) -> Block:
    parts = ("body", "other")
    return tuple(Op(**{**op, **{part: _block(op.get(part, [])) for part in parts}}) for op in ops)


def inside(block: Block) -> Iterator[Op]:
    """The operations of a block, those inside others too."""
    for op in block:
        yield op
        yield from inside(op.body)
        yield from inside(op.other)


def started_by(op: Op) -> int:
    """The goroutine that an operation starts, `NEVER_STARTED` for most."""
    if op.word in ("go", "start"):
        return int(op.value)
    return int(op.key) if op.word == "later" else NEVER_STARTED


def things_of(op: Op) -> set[str]:
    """The names of the things that it uses, without those of the operations inside."""
    return {op.thing, str(op.key) if op.word == "until" else ""} - {""}


def returning(program: Program) -> list[int]:
    """Whose notes the program returns: main's, and theirs whom it joins.

    A goroutine that may run twice notes for itself: the two would note at any time.
    """
    if not program.joined:
        return [0]
    starts = Counter(started_by(op) for op in program.operations())
    starts.update(thing.body for thing in program.things)
    joined = [0]
    for i in joined:  # it grows meanwhile
        once = {started_by(op) for op in _once(program.bodies[i])}
        joined += [one for one in once if starts[one] == 1]
    return sorted(joined)


def _once(block: Block) -> Iterator[Op]:
    """The go statements that are carried out once at the most."""
    for op in block:
        if op.word == "go":
            yield op
        elif op.word not in ("loop", "range"):
            yield from _once(op.body)
            yield from _once(op.other)


def tidy(program: Program) -> Program:
    """Without the things and goroutines that nobody uses; the goroutines are numbered anew.

    A thing that starts a goroutine is of use by itself.
    """
    reached = _reached(program)
    ops = [op for i in reached for op in inside(program.bodies[i])]
    used = {name for op in ops for name in things_of(op)}
    kept = [one for one in program.things if one.name in used or one.body != NEVER_STARTED]
    while above := {one.of for one in kept} - {one.name for one in kept} - {""}:
        kept += [one for one in program.things if one.name in above]
    numbers = {old: new for new, old in enumerate(reached)} | {NEVER_STARTED: NEVER_STARTED}
    things = (one for one in program.things if one in kept)
    return Program(
        tuple(replace(thing, body=numbers[thing.body]) for thing in things),
        tuple(_renumbered(program.bodies[i], numbers) for i in reached),
        program.joined and len(reached) > 1,
    )


def _reached(program: Program) -> list[int]:
    """The goroutines that may be started."""
    reached: set[int] = set()
    new = {0} | {thing.body for thing in program.things} - {NEVER_STARTED}
    while new:
        reached |= new
        started = {started_by(op) for i in new for op in inside(program.bodies[i])}
        new = started - reached - {NEVER_STARTED}
    return sorted(reached)


def _renumbered(block: Block, numbers: dict[int, int]) -> Block:
    return tuple(_renumbered_op(op, numbers) for op in block)


def _renumbered_op(op: Op, numbers: dict[int, int]) -> Op:
    op = replace(op, body=_renumbered(op.body, numbers), other=_renumbered(op.other, numbers))
    if started_by(op) == NEVER_STARTED:
        return op
    number = numbers[started_by(op)]
    return replace(op, key=number) if op.word == "later" else replace(op, value=number)
