"""The works in trio."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import trio
import trio.testing

from ..contender import Measure
from ..stopwatch import Stopwatch
from ..work import BATCH, BUFFER, PIPELINE_VALUES


def works(_options: dict[str, Any]) -> dict[str, Measure]:
    """The functions that measure, by the key of their work."""
    return {
        "unbuffered": _measured(lambda size: _values(0, size)),
        "buffered": _measured(lambda size: _values(BUFFER, size)),
        "pingpong": _measured(_pingpong),
        "mutex": _measured(_mutex),
        "spawn": _measured(_spawn),
        "blocked": lambda size: trio.run(_blocked, size),
        "pipeline": _measured(_pipeline),
        "waitgroup": _measured(_waitgroup),
    }


def _measured(program: Callable[[int], Awaitable[None]]) -> Measure:
    async def main(size: int) -> float:
        start = time.perf_counter()
        await program(size)
        return time.perf_counter() - start

    return lambda size: trio.run(main, size)


async def _values(capacity: int, size: int) -> None:
    sender, receiver = trio.open_memory_channel[int](capacity)

    async def producer() -> None:
        for number in range(size):
            await sender.send(number)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(producer)
        for _ in range(size):
            await receiver.receive()


async def _pingpong(size: int) -> None:
    ping_in, ping_out = trio.open_memory_channel[int](0)
    pong_in, pong_out = trio.open_memory_channel[int](0)

    async def player() -> None:
        for _ in range(size):
            await pong_in.send(await ping_out.receive())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(player)
        for number in range(size):
            await ping_in.send(number)
            await pong_out.receive()


async def _mutex(size: int) -> None:
    lock = trio.Lock()
    for _ in range(size):
        async with lock:
            pass


async def _job() -> None:
    pass


async def _waitgroup(size: int) -> None:
    async with trio.open_nursery() as nursery:
        for _ in range(size):
            nursery.start_soon(_job)


async def _spawn(size: int) -> None:
    for _ in range(size // BATCH):
        await _waitgroup(BATCH)


async def _blocked(size: int) -> dict[str, float]:
    sender, receiver = trio.open_memory_channel[int](0)
    watch = Stopwatch()
    async with sender, trio.open_nursery() as nursery:
        for _ in range(size):
            nursery.start_soon(receiver.receive)
        await trio.testing.wait_all_tasks_blocked()
        figures = watch.stop()
        nursery.cancel_scope.cancel()
    return figures


async def _pipeline(size: int) -> None:
    async def stage(left: Any, right: Any) -> None:
        async with right:
            async for value in left:
                await right.send(value)

    async def source(first: Any) -> None:
        async with first:
            for number in range(PIPELINE_VALUES):
                await first.send(number)

    first, last = trio.open_memory_channel[int](0)
    async with trio.open_nursery() as nursery:
        for _ in range(size):
            left = last
            right, last = trio.open_memory_channel[int](0)
            nursery.start_soon(stage, left, right)
        nursery.start_soon(source, first)
        async for _ in last:
            pass
