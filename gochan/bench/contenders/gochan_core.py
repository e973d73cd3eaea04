"""What only gochan is asked: its core beside bare greenlets, and its memory."""

from __future__ import annotations

import time

from greenlet import getcurrent, greenlet

from ...channel import Chan
from ...program import run
from ...runtime.words import go, gosched
from ..contender import Measure
from ..stopwatch import Stopwatch


def switch_pair(size: int) -> float:
    """Seconds for `size` switches to another greenlet and back, without gochan."""

    def bounce() -> None:
        back = getcurrent().parent
        while back is not None:
            back.switch()

    other = greenlet(bounce)
    other.switch()
    switch = other.switch
    start = time.perf_counter()
    for _ in range(size):
        switch()
    return time.perf_counter() - start


def chain(size: int) -> dict[str, float]:
    """Goroutines of which each is started by the one before and waits for the next."""

    def program() -> None:
        def link(rest: int, done: Chan[int]) -> None:
            if rest:
                after = Chan[int]()
                go(link, rest - 1, after)
                after.recv()
            done.send(rest)

        last = Chan[int]()
        go(link, size, last)
        last.recv()

    watch = Stopwatch()
    run(program)
    return watch.stop()


def making_a_trace(size: int) -> float:
    """Seconds to make `size` events of what a run has noted, which is when somebody asks for it."""

    def program() -> None:
        numbers = Chan[int](1)
        for number in range(size // 2):
            numbers.send(number)
            numbers.recv()

    result = run(program, trace=True)
    start = time.perf_counter()
    trace = result.trace
    seconds = time.perf_counter() - start
    return seconds * size / len(trace.events) if trace is not None else seconds


def runs(size: int) -> dict[str, float]:
    """Runs that leave goroutines behind, and what they add to the memory."""

    def program() -> None:
        nobody = Chan[int]()
        for _ in range(10):
            go(nobody.recv)
        gosched()

    for _ in range(size // 10):
        run(program)
    watch = Stopwatch(from_peak=True)
    for _ in range(size):
        run(program)
    return watch.stop()


WORKS: dict[str, Measure] = {
    "pair": switch_pair,
    "trace": making_a_trace,
    "chain": chain,
    "runs": runs,
}
