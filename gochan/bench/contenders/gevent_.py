"""The works in gevent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.lock import Semaphore
from gevent.queue import Channel, SimpleQueue

from ..contender import Measure
from ..stopwatch import Stopwatch
from ..work import BATCH, BUFFER, CASES, PIPELINE_VALUES


def works(_options: dict[str, Any]) -> dict[str, Measure]:
    """The functions that measure, by the key of their work."""
    return {
        "unbuffered": _measured(lambda size: _values(Channel(), size)),
        "buffered": _measured(lambda size: _values(SimpleQueue(BUFFER), size)),
        "pingpong": _measured(_pingpong),
        "select": _measured(_select),
        "mutex": _measured(_mutex),
        "spawn": _measured(_spawn),
        "blocked": _blocked,
        "pipeline": _measured(_pipeline),
        "waitgroup": _measured(_waitgroup),
    }


def _measured(program: Callable[[int], None]) -> Measure:
    def seconds(size: int) -> float:
        start = time.perf_counter()
        program(size)
        return time.perf_counter() - start

    return seconds


def _values(numbers: Any, size: int) -> None:
    def producer() -> None:
        for number in range(size):
            numbers.put(number)

    other = gevent.spawn(producer)
    for _ in range(size):
        numbers.get()
    other.join()


def _pingpong(size: int) -> None:
    ping, pong = Channel(), Channel()

    def player() -> None:
        for _ in range(size):
            pong.put(ping.get())

    other = gevent.spawn(player)
    for number in range(size):
        ping.put(number)
        pong.get()
    other.join()


def _select(size: int) -> None:
    def producer(channel: Any) -> None:
        for number in range(size // CASES):
            channel.put(number)

    channels = [Channel() for _ in range(CASES)]
    producers = [gevent.spawn(producer, channel) for channel in channels]
    waiting = {gevent.spawn(channel.get): channel for channel in channels}
    left = size // CASES * CASES
    while left:
        done = gevent.wait(waiting, count=1)
        for getter in done:
            getter.get()
            channel = waiting.pop(getter)
            waiting[gevent.spawn(channel.get)] = channel
        left -= len(done)
    gevent.killall(list(waiting))
    gevent.joinall(producers)


def _mutex(size: int) -> None:
    lock = Semaphore()
    for _ in range(size):
        with lock:
            pass


def _job() -> None:
    pass


def _waitgroup(size: int) -> None:
    for other in [gevent.spawn(_job) for _ in range(size)]:  # that is faster than joinall
        other.join()


def _spawn(size: int) -> None:
    for _ in range(size // BATCH):
        _waitgroup(BATCH)


def _blocked(size: int) -> dict[str, float]:
    nobody = Channel()
    watch = Stopwatch()
    for _ in range(size):
        gevent.spawn(nobody.get)
    while len(nobody.getters) < size:
        gevent.sleep(0)
    return watch.stop()


def _pipeline(size: int) -> None:
    def stage(left: Any, right: Any) -> None:
        for value in left:
            right.put(value)
        right.put(StopIteration)

    def source(first: Any) -> None:
        for number in range(PIPELINE_VALUES):
            first.put(number)
        first.put(StopIteration)

    first = last = Channel()
    for _ in range(size):
        left, last = last, Channel()
        gevent.spawn(stage, left, last)
    gevent.spawn(source, first)
    for _ in last:
        pass
