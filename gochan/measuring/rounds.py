"""In the child: the contenders take turns, round by round, and each turn is a sample.

A slow phase of the machine hits all of them alike, since a round has a sample of each; the order
moves on by one each round, so that nobody is always first. A sample lasts at least `ENOUGH`: what
is shorter is done several times, and the sample is the mean. The first round finds out how often,
warms up, and doesn't count. The garbage is collected before each sample, not in it; what the sample
itself leaves behind may be collected in it, as in any program.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..bench.sizing import enough_operations
from ..program import run

ENOUGH = 0.01  # seconds
MOST = 10_000_000  # operations in a sample

SURE = 10 * ENOUGH  # seconds; what takes so long is enough at the first try

Measure = Callable[[int], float]  # takes a number of operations, returns seconds


class NotHere(Exception):
    """Raised by a contender that can't be measured here, with the reason; the others go on."""


@dataclass
class Contender:
    """`measure` is called with a multiple of `step`; `size` is how many a sample has."""

    name: str
    measure: Measure
    step: int = 1
    size: int = 1


def calls(function: Callable[..., Any], values: Mapping[str, Any], as_main: bool) -> Measure:
    """Measures calls of a function, as main of a program of its own or as it is."""
    call = partial(run, partial(function, **values)) if as_main else partial(function, **values)

    def measure(times: int) -> float:
        start = time.perf_counter_ns()
        for _ in range(times):
            call()
        return (time.perf_counter_ns() - start) / 1e9

    return measure


def operations(function: Callable[..., Any], values: Mapping[str, Any], as_main: bool) -> Measure:
    """Measures one call of a function that does `n` operations, as Go's benchmarks do `b.N`."""

    def measure(n: int) -> float:
        return calls(function, {**values, "n": n}, as_main)(1)

    return measure


def warm_up(contender: Contender) -> None:
    """Finds out how many operations a sample needs.

    A busy moment of the machine makes a few look like enough: they have to be it twice, unless they
    are it by far.
    """
    step, size = contender.step, contender.step
    while True:
        size, took = enough_operations(contender.measure, ENOUGH, size, step, MOST)
        if size >= MOST or took >= SURE or contender.measure(size) >= ENOUGH / 2:
            contender.size = size
            return
        size = min(size * 2, MOST)


def turns(contenders: Sequence[Contender], seconds: float) -> Iterator[Contender]:
    """Whose turn it is, round by round, until the time is over; everybody has at least one."""
    gc.collect()
    gc.freeze()  # what was imported needs no looking through before each sample
    start = time.perf_counter()
    first = 0
    while contenders:
        for place in range(len(contenders)):
            if first and time.perf_counter() - start >= seconds:
                return
            yield contenders[(first + place) % len(contenders)]
        first += 1


def sample(contender: Contender) -> float:
    """Seconds for one operation."""
    gc.collect()
    return contender.measure(contender.size) / contender.size
