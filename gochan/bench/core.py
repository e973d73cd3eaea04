"""The cost of the runtime's core, in bare greenlet switches and in seconds.

A ratio to what a bare switch costs on the same machine, in the same run, says more than
microseconds do. Every figure is the median of several rounds, with the least and the most.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from greenlet import getcurrent, greenlet

from ..channel import Chan
from ..program import run
from ..runtime.words import go, gosched

if sys.platform != "win32":
    import resource

ROUNDS = 7
VALUES = 100_000
MANY = 100_000

Row = tuple[str, float, float, float]  # what, median, least, most


def main(json_output: bool) -> int:
    """Measures and prints; 0 if every figure keeps its limit."""
    pair, *rows = [_median(name, measure) for name, measure in PER_OPERATION.items()]
    many = [_in_own_process(name) for name in IN_OWN_PROCESS]
    if json_output:
        print(json.dumps({"pair": pair, "per operation": rows, "in own process": many}))
        return 0
    print(f"bare greenlet switch pair: {pair[1] * 1e6:.3f} µs", _spread(pair))
    for row in rows:
        ratio, limit = row[1] / pair[1], LIMITS.get(row[0])
        kept = "" if limit is None else f", limit {limit}"
        print(f"{row[0]}: {row[1] * 1e6:.3f} µs = {ratio:.2f} switch pairs{kept}", _spread(row))
    for name, seconds, megabytes in many:
        print(f"{name}: {seconds:.2f} s, {megabytes:.1f} MB")
    over = [row[0] for row in rows if row[1] / pair[1] > LIMITS.get(row[0], 1e9)]
    for name in over:
        print(f"over its limit: {name}")
    return 1 if over else 0


def _spread(row: Row) -> str:
    return f"({row[2] * 1e6:.3f} to {row[3] * 1e6:.3f})"


def _median(name: str, measure: Callable[[], float]) -> Row:
    print(f"measuring {name} ...", file=sys.stderr)
    figures = [measure() for _ in range(ROUNDS)]
    return name, statistics.median(figures), min(figures), max(figures)


def switch_pair() -> float:
    """Seconds for a switch there and back, without gochan."""

    def bounce() -> None:
        back = getcurrent().parent
        while back is not None:
            back.switch()

    other = greenlet(bounce)
    other.switch()
    switch = other.switch
    start = time.perf_counter()
    for _ in range(VALUES):
        switch()
    return (time.perf_counter() - start) / VALUES


def through_a_channel(capacity: int) -> float:
    """Seconds for a value from one goroutine to another."""

    def program() -> None:
        numbers = Chan[int](capacity)

        def producer() -> None:
            for number in range(VALUES):
                numbers.send(number)

        go(producer)
        for _ in range(VALUES):
            numbers.recv()

    start = time.perf_counter()
    run(program)
    return (time.perf_counter() - start) / VALUES


def start_and_finish() -> float:
    """Seconds for a short-lived goroutine."""

    def nothing() -> None:
        pass

    def program() -> None:
        for number in range(VALUES):
            go(nothing)
            if number % 100 == 0:
                gosched()

    start = time.perf_counter()
    run(program)
    return (time.perf_counter() - start) / VALUES


def peak_megabytes() -> float:
    """The most memory that this process has held; not a number where the system doesn't tell."""
    if sys.platform == "win32":
        return math.nan
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def many_blocked() -> tuple[float, float]:
    """Seconds to start 100,000 goroutines and have them all blocked; the process's memory."""
    took = 0.0

    def program() -> None:
        nonlocal took
        nobody = Chan[int]()
        start = time.perf_counter()
        for _ in range(MANY):
            go(nobody.recv)
        gosched()
        took = time.perf_counter() - start

    run(program)
    return took, peak_megabytes()


def chain() -> tuple[float, float]:
    """Seconds for 100,000 goroutines, each started by the one before and waiting for the next."""

    def program() -> None:
        def link(rest: int, done: Chan[int]) -> None:
            if rest:
                after = Chan[int]()
                go(link, rest - 1, after)
                after.recv()
            done.send(rest)

        last = Chan[int]()
        go(link, MANY, last)
        last.recv()

    start = time.perf_counter()
    run(program)
    return time.perf_counter() - start, peak_megabytes()


def thousand_runs() -> tuple[float, float]:
    """Seconds for 1,000 runs that leave goroutines behind; what they add to the memory."""

    def program() -> None:
        nobody = Chan[int]()
        for _ in range(10):
            go(nobody.recv)
        gosched()

    for _ in range(100):
        run(program)
    before = peak_megabytes()
    start = time.perf_counter()
    for _ in range(1_000):
        run(program)
    return time.perf_counter() - start, peak_megabytes() - before


PER_OPERATION: dict[str, Callable[[], float]] = {
    "bare switch pair": switch_pair,
    "unbuffered channel, a value": lambda: through_a_channel(0),
    "buffered channel (64), a value": lambda: through_a_channel(64),
    "start and finish a goroutine": start_and_finish,
}
LIMITS = {"unbuffered channel, a value": 2.0, "buffered channel (64), a value": 0.7}
IN_OWN_PROCESS: dict[str, Callable[[], tuple[float, float]]] = {
    "100,000 blocked goroutines, time to start and memory in all": many_blocked,
    "a chain of 100,000 goroutines, time and memory in all": chain,
    "1,000 runs in a row, time and growth of memory": thousand_runs,
}


def _in_own_process(name: str) -> tuple[str, float, float]:
    """Memory is only measured honestly in a process of its own."""
    print(f"measuring {name} ...", file=sys.stderr)
    command = [sys.executable, "-m", "gochan.bench", "core", "--one", name]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, megabytes = json.loads(printed)
    return name, seconds, megabytes


def one(name: str) -> None:
    """Measures one of `IN_OWN_PROCESS` and prints seconds and megabytes as JSON."""
    print(json.dumps(IN_OWN_PROCESS[name]()))
