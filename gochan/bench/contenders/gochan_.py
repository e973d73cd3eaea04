"""The works in gochan, with the options of `run` that the contender stands for."""

from __future__ import annotations

import time as wall_time
from collections.abc import Callable
from functools import partial
from typing import Any

from ... import sync, time
from ...channel import Chan
from ...program import run
from ...runtime.words import go
from ...selecting import recv, select
from ..contender import Measure
from ..stopwatch import Stopwatch
from ..work import BATCH, BUFFER, CASES, PIPELINE_VALUES
from . import gochan_core, gochan_growth

Run = Callable[[Callable[[], None]], Any]


def works(options: dict[str, Any]) -> dict[str, Measure]:
    """The functions that measure, by the key of their work."""
    with_options = partial(run, **options)

    def measured(program: Callable[[int], Callable[[], None]]) -> Measure:
        return lambda size: _seconds(partial(with_options, program(size)))

    return {
        "unbuffered": measured(lambda size: _values(0, size)),
        "buffered": measured(lambda size: _values(BUFFER, size)),
        "pingpong": measured(_pingpong),
        "select": measured(_select),
        "mutex": measured(_mutex),
        "spawn": measured(_spawn),
        "blocked": lambda size: _blocked(with_options, size),
        "pipeline": measured(_pipeline),
        "waitgroup": measured(_waitgroup),
        **gochan_core.WORKS,
        **gochan_growth.WORKS,
    }


def _seconds(program: Callable[[], Any]) -> float:
    """All that the caller of `run` waits for, who keeps the Result."""
    start = wall_time.perf_counter()
    result = program()
    seconds = wall_time.perf_counter() - start
    del result
    return seconds


def _values(capacity: int, size: int) -> Callable[[], None]:
    def program() -> None:
        numbers = Chan[int](capacity)

        def producer() -> None:
            for number in range(size):
                numbers.send(number)

        go(producer)
        for _ in range(size):
            numbers.recv()

    return program


def _pingpong(size: int) -> Callable[[], None]:
    def program() -> None:
        ping, pong = Chan[int](), Chan[int]()

        def player() -> None:
            for _ in range(size):
                pong.send(ping.recv())

        go(player)
        for number in range(size):
            ping.send(number)
            pong.recv()

    return program


def _select(size: int) -> Callable[[], None]:
    def program() -> None:
        first, second, third, fourth = channels = [Chan[int]() for _ in range(CASES)]

        def producer(channel: Chan[int]) -> None:
            for number in range(size // CASES):
                channel.send(number)

        for channel in channels:
            go(producer, channel)
        for _ in range(size // CASES * CASES):
            select(recv(first), recv(second), recv(third), recv(fourth))

    return program


def _mutex(size: int) -> Callable[[], None]:
    def program() -> None:
        mutex = sync.Mutex()
        for _ in range(size):
            mutex.lock()
            mutex.unlock()

    return program


def _spawn(size: int) -> Callable[[], None]:
    def program() -> None:
        group = sync.WaitGroup()

        def job() -> None:
            group.done()

        for _ in range(size // BATCH):
            for _ in range(BATCH):
                group.add(1)
                go(job)
            group.wait()

    return program


def _blocked(with_options: Run, size: int) -> dict[str, float]:
    figures: dict[str, float] = {}

    def program() -> None:
        nobody = Chan[int]()

        def wait() -> None:
            nobody.recv()

        watch = Stopwatch()
        for _ in range(size):
            go(wait)
        time.sleep(1)  # of program time: it ends when all are blocked
        figures.update(watch.stop())

    with_options(program)
    return figures


def _pipeline(size: int) -> Callable[[], None]:
    def program() -> None:
        def stage(left: Chan[int], right: Chan[int]) -> None:
            for value in left:
                right.send(value)
            right.close()

        def source(first: Chan[int]) -> None:
            for number in range(PIPELINE_VALUES):
                first.send(number)
            first.close()

        first = last = Chan[int]()
        for _ in range(size):
            left, last = last, Chan[int]()
            go(stage, left, last)
        go(source, first)
        for _ in last:
            pass

    return program


def _waitgroup(size: int) -> Callable[[], None]:
    def program() -> None:
        group = sync.WaitGroup()

        def job() -> None:
            group.done()

        for _ in range(size):
            group.add(1)
            go(job)
        group.wait()

    return program
