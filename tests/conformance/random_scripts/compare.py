"""Compares what the two sides did with scripts, and makes small those with which they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from . import on_gochan
from .generate import generate
from .on_go import RealGo, at_once

SEPARATOR = re.compile("(; |, )")
KINDS = {"c": "channel", "t": "timer", "k": "ticker", "f": "function", "x": "context", "h": "after"}


class Sample(NamedTuple):
    """A script, the seed that it came from, and what gochan does."""

    seed: int
    script: str
    log: str


def samples(seeds: Iterable[int]) -> Iterator[Sample]:
    """The scripts in which no select has to draw lots: only these can be compared."""
    for seed in seeds:
        script = generate(seed)
        log = on_gochan.run(script)
        if log is not None:
            yield Sample(seed, script, log)


def different(real_go: RealGo, some: list[Sample]) -> list[Sample]:
    """Those with which Go does otherwise."""
    same = at_once(lambda sample: real_go.does(sample.script, sample.log), some)
    return [sample for sample, agrees in zip(some, same, strict=True) if not agrees]


def differs(real_go: RealGo, script: str) -> bool:
    """Whether Go does otherwise than gochan, though no lots are drawn."""
    log = on_gochan.run(script)
    return log is not None and not real_go.does(script, log)


def side_by_side(title: object, script: str, go: str, gochan: str | None) -> str:
    """A script and both logs, to be read."""
    return f"== {title}\n{script}-- Go\n{go}-- gochan\n{gochan or 'a select drew lots'}\n"


def smallest(script: str, still_differs: Callable[[str], bool]) -> str:
    """Takes away whatever can be taken away with a difference left."""
    while True:
        found = next(filter(still_differs, smaller(script)), None)
        if found is None:
            return script
        script = found


def smaller(script: str) -> Iterator[str]:
    """The scripts that lack one thing of this one."""
    declared = [line for line in script.splitlines() if ": " not in line]
    goroutines = [line.partition(": ")[2] for line in script.splitlines() if ": " in line]
    for i in range(len(goroutines) - 1, 0, -1):
        yield joined(declared, goroutines[:i] + goroutines[i + 1 :])
    for i in range(len(declared) - 1, 0, -1):
        fewer = joined(declared[:i] + declared[i + 1 :], goroutines)
        if all_declared(fewer):
            yield fewer
    for i in range(len(goroutines) - 1, 0, -1):
        for operations in shorter(goroutines[i]):
            yield joined(declared, [*goroutines[:i], operations, *goroutines[i + 1 :]])


def joined(declared: list[str], goroutines: list[str]) -> str:
    """The script of these lines."""
    numbered = (f"{i}: {operations}" for i, operations in enumerate(goroutines))
    return "\n".join([*declared, *numbered, ""])


def all_declared(script: str) -> bool:
    """Whether it declares all the things that its operations work on."""
    lines = script.splitlines()
    for letter, kind in KINDS.items():
        count = sum(line.startswith(f"{kind} ") for line in lines)
        if any(int(i) >= count for i in re.findall(rf"\b{letter}(\d)\b", script)):
            return False
    return True


def shorter(operations: str) -> Iterator[str]:
    """A goroutine's operations without one, or with a simpler one."""
    parts = SEPARATOR.split(operations)  # operations with separators in between
    for i in range(0, len(parts) if len(parts) > 1 else 0, 2):
        yield "".join(parts[2:] if i == 0 else parts[: i - 1] + parts[i + 1 :])
    for i, part in enumerate(parts):
        for simpler in simpler_parts(part):
            yield "".join([*parts[:i], simpler, *parts[i + 1 :]])


def simpler_parts(part: str) -> Iterator[str]:
    """What may stand instead of an operation or a separator."""
    if part == ", ":
        yield "; "
    if part.startswith("once "):
        yield part.split(" ", 2)[2]
    before, select, text = part.partition("select ")
    cases = text.split(" | ")
    if len(cases) > 2:  # Go waits otherwise in a select with a single case
        for i in range(len(cases)):
            yield before + select + " | ".join(cases[:i] + cases[i + 1 :])
