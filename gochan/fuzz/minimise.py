"""Makes a program small that does something remarkable, as long as it goes on doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from .program import LAST, NIL, Block, Op, Program, started_by, things_of, tidy

COUNTED = ("loop", "range", "sleep", "after", "later", "reset")  # one less is simpler
SIMPLER = {"increment": "write", "recv_ok": "recv", "until": "wait"}


def minimise(program: Program, differs: Callable[[Program], bool]) -> Program:
    """Takes away and simplifies whatever can be, with `differs` still true of what is left."""
    seen = {program}
    while True:
        for candidate in smaller(program):
            if candidate in seen:
                continue
            seen.add(candidate)
            if differs(candidate):
                program = candidate
                break
        else:
            return program


def smaller(program: Program) -> Iterator[Program]:
    """The programs that are a little smaller or simpler; those that lack most come first."""
    for i in range(1, len(program.bodies)):
        yield _without_body(program, i)
    for thing in program.things:
        yield _without_things(program, {thing.name})
    for i, body in enumerate(program.bodies):
        for block in shorter(body):
            yield tidy(_with_body(program, i, block))
    if program.joined:
        yield replace(program, joined=False)
    yield from _simpler_things(program)
    for i, body in enumerate(program.bodies):
        for first, second in combinations(range(len(body)), 2):
            left = tuple(op for j, op in enumerate(body) if j not in (first, second))
            yield tidy(_with_body(program, i, left))


def _with_body(program: Program, i: int, body: Block) -> Program:
    return replace(program, bodies=(*program.bodies[:i], body, *program.bodies[i + 1 :]))


def _without_body(program: Program, i: int) -> Program:
    """Without a goroutine, and all that starts it."""
    bodies = tuple(_filtered(block, lambda op: started_by(op) == i) for block in program.bodies)
    starters = {thing.name for thing in program.things if thing.body == i}
    return _without_things(replace(program, bodies=bodies), starters)


def _without_things(program: Program, names: set[str]) -> Program:
    """Without these things, those made of them, and the operations with them."""
    gone = set(names)
    for thing in program.things:  # what one is made of stands before it
        if thing.of in gone:
            gone.add(thing.name)
    things = tuple(one for one in program.things if one.name not in gone)
    bodies = tuple(
        _filtered(block, lambda op: bool(things_of(op) & gone)) for block in program.bodies
    )
    return tidy(replace(program, things=things, bodies=bodies))


def _filtered(block: Block, is_gone: Callable[[Op], bool]) -> Block:
    return tuple(
        replace(op, body=_filtered(op.body, is_gone), other=_filtered(op.other, is_gone))
        for op in block
        if not is_gone(op)
    )


def _simpler_things(program: Program) -> Iterator[Program]:
    for i, thing in enumerate(program.things):
        least = 0 if thing.kind in "cx" else 1
        if thing.size > least or thing.size == NIL:
            simpler = replace(thing, size=max(least, thing.size - 1))
            yield replace(program, things=(*program.things[:i], simpler, *program.things[i + 1 :]))


def shorter(block: Block) -> Iterator[Block]:
    """The blocks with one operation less, or with a simpler one."""
    if len(block) > 3:
        half = len(block) // 2
        yield block[:half]
        yield block[half:]
    for i in reversed(range(len(block))):
        yield block[:i] + block[i + 1 :]
    for i in reversed(range(len(block))):
        for instead in _instead(block[i]):
            yield (*block[:i], *instead, *block[i + 1 :])


def _instead(op: Op) -> Iterator[Block]:
    """What may stand in the place of an operation."""
    if op.word == "select":
        cases = (case for case in op.body if case.thing)
        yield from ((replace(case, body=()), *case.body) for case in cases)
    elif op.body:
        yield op.body
    if op.other:
        yield op.other
        yield (replace(op, other=()),)
    bodies = _fewer_cases(op.body) if op.word == "select" else shorter(op.body)
    yield from ((replace(op, body=body),) for body in bodies)
    for other in shorter(op.other):
        yield (replace(op, other=other),)
    yield from ((simpler,) for simpler in _simpler(op))


def _fewer_cases(cases: Block) -> Iterator[Block]:
    """A select's cases without one, or with one that does less."""
    for i, case in enumerate(cases):
        before, after = cases[:i], cases[i + 1 :]
        if before or after:
            yield (*before, *after)
        yield from ((*before, replace(case, body=body), *after) for body in shorter(case.body))
        yield from ((*before, simpler, *after) for simpler in _simpler(replace(case, body=())))


def _simpler(op: Op) -> Iterator[Op]:
    if op.value == LAST:
        yield replace(op, value=1)
    elif op.word in COUNTED and int(op.value) > 1:
        yield replace(op, value=int(op.value) - 1)
    if op.word in ("start", "later"):
        yield Op("go", value=started_by(op))
    if op.word in SIMPLER:
        yield Op(SIMPLER[op.word], op.thing, 1)
