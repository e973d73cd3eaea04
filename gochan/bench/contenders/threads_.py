"""The works in threads, with `queue.Queue`."""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Queue
from threading import Lock, Thread
from typing import Any

from ..contender import Measure
from ..work import BATCH, BUFFER, PIPELINE_VALUES

Numbers = Queue[int | None]


def works(_options: dict[str, Any]) -> dict[str, Measure]:
    """The functions that measure, by the key of their work."""
    return {
        "unbuffered": _measured(lambda size: _values(1, size)),
        "buffered": _measured(lambda size: _values(BUFFER, size)),
        "pingpong": _measured(_pingpong),
        "mutex": _measured(_mutex),
        "spawn": _measured(_spawn),
        "pipeline": _measured(_pipeline),
        "waitgroup": _measured(_waitgroup),
    }


def _measured(program: Callable[[int], None]) -> Measure:
    def seconds(size: int) -> float:
        start = time.perf_counter()
        program(size)
        return time.perf_counter() - start

    return seconds


def _started(function: Callable[..., None], *args: Any) -> Thread:
    thread = Thread(target=function, args=args)
    thread.start()
    return thread


def _values(capacity: int, size: int) -> None:
    numbers: Numbers = Queue(capacity)

    def producer() -> None:
        for number in range(size):
            numbers.put(number)

    thread = _started(producer)
    for _ in range(size):
        numbers.get()
    thread.join()


def _pingpong(size: int) -> None:
    ping: Numbers = Queue(1)
    pong: Numbers = Queue(1)

    def player() -> None:
        for _ in range(size):
            pong.put(ping.get())

    thread = _started(player)
    for number in range(size):
        ping.put(number)
        pong.get()
    thread.join()


def _mutex(size: int) -> None:
    lock = Lock()
    for _ in range(size):
        with lock:
            pass


def _job() -> None:
    pass


def _waitgroup(size: int) -> None:
    for thread in [_started(_job) for _ in range(size)]:
        thread.join()


def _spawn(size: int) -> None:
    for _ in range(size // BATCH):
        _waitgroup(BATCH)


def _pipeline(size: int) -> None:
    def stage(left: Numbers, right: Numbers) -> None:
        while (value := left.get()) is not None:
            right.put(value)
        right.put(None)

    def source(first: Numbers) -> None:
        for number in range(PIPELINE_VALUES):
            first.put(number)
        first.put(None)

    first: Numbers = Queue(1)
    last, threads = first, []
    for _ in range(size):
        left, last = last, Queue(1)
        threads.append(_started(stage, left, last))
    threads.append(_started(source, first))
    while last.get() is not None:
        pass
    for thread in threads:
        thread.join()
