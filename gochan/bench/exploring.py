"""How many executions a second `explore` makes of a program of about 20 steps.

Seconds are those of the processor: others that run on the machine count little.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import Chan, Var, explore, go, sync

MOST_RUNS = 400
WANTED = 2_000  # executions a second


@dataclass(frozen=True)
class Speed:
    """Of one search of one program: the most of several rounds."""

    program: str
    search: str
    races: bool
    runs: int
    a_second: float

    def __str__(self) -> str:
        races = "races on" if self.races else "races off"
        return f"{self.program:<16}{self.search:<8}{races:<11}{self.runs:>6,}{self.a_second:>9,.0f}"


def counter() -> int:
    """Three goroutines add to one variable: 18 steps."""
    count, group = Var(0), sync.WaitGroup()

    def increment() -> None:
        count.value += 1

    for _ in range(3):
        group.go(increment)
    group.wait()
    return count.value


def workers() -> int:
    """Three goroutines receive a number each, and send another: 18 steps."""
    jobs, results = Chan[int](), Chan[int]()

    def work() -> None:
        results.send(jobs.recv() + 1)

    for _ in range(3):
        go(work)
    for number in range(3):
        jobs.send(number)
    return sum(results.recv() for _ in range(3))


def speeds(rounds: int) -> list[Speed]:
    """Each program, searched in two ways, with and without looking for races."""
    return [
        _speed(program, search, races, rounds)
        for program in (counter, workers)
        for search in ("sleep", "plain")
        for races in (False, True)
    ]


def _speed(program: Callable[[], Any], search: str, races: bool, rounds: int) -> Speed:
    best, runs = 0.0, 0
    for _ in range(rounds):
        begun = time.process_time()
        runs = explore(program, search=search, races=races, max_runs=MOST_RUNS).runs
        best = max(best, runs / (time.process_time() - begun))
    return Speed(program.__name__, search, races, runs, best)


def text(found: list[Speed]) -> str:
    """A line for each, and how many are as fast as they should be."""
    fast = sum(one.a_second >= WANTED for one in found)
    return "\n".join(
        [
            f"{'program':<16}{'search':<8}{'':<11}{'runs':>6}{'a second':>9}",
            *map(str, found),
            f"{fast} of {len(found)} make {WANTED:,} executions a second or more",
        ]
    )
