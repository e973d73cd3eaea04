"""Whether the cost of a value grows with what else there is: 10 others against very many."""

from __future__ import annotations

import time as wall_time
from collections.abc import Callable
from typing import Any

from ... import time
from ...channel import Chan
from ...program import run
from ...runtime.words import go, gosched
from ..contender import Measure

FEW = 10
VALUES = 50_000
HOUR = 3600.0


def _goroutines(count: int) -> Any:
    nobody = Chan[int]()
    for _ in range(count):
        go(nobody.recv)
    gosched()
    return nobody


def _channels(count: int) -> Any:
    channels = [Chan[int](1) for _ in range(count)]
    for number, channel in enumerate(channels):
        channel.send(number)
    return channels


def _timers(count: int) -> Any:
    return [time.Timer(HOUR + number) for number in range(count)]


def _hand_over() -> float:
    """Seconds for a value from one goroutine to another."""
    numbers = Chan[int]()

    def producer() -> None:
        for number in range(VALUES):
            numbers.send(number)

    go(producer)
    start = wall_time.perf_counter()
    for _ in range(VALUES):
        numbers.recv()
    return (wall_time.perf_counter() - start) / VALUES


def _set_and_stop() -> float:
    """Seconds to set a timer, among the others' times, and to stop it."""
    start = wall_time.perf_counter()
    for number in range(VALUES):
        time.Timer(HOUR + number).stop()
    return (wall_time.perf_counter() - start) / VALUES


def _compared(others: Callable[[int], Any], measure: Callable[[], float]) -> Measure:
    def seconds(count: int) -> float:
        took = 0.0

        def program() -> None:
            nonlocal took
            measure()  # the first is slower, whatever there is
            kept = others(count)
            took = measure()
            del kept

        run(program)
        return took

    return lambda size: {"few": seconds(FEW), "many": seconds(size)}


WORKS: dict[str, Measure] = {
    "goroutines": _compared(_goroutines, _hand_over),
    "channels": _compared(_channels, _hand_over),
    "timers": _compared(_timers, _hand_over),
    "set": _compared(_timers, _set_and_stop),
}
