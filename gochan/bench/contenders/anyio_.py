"""The works in anyio, on asyncio."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import anyio

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
        "blocked": lambda size: anyio.run(_blocked, size),
        "pipeline": _measured(_pipeline),
        "waitgroup": _measured(_waitgroup),
    }


def _measured(program: Callable[[int], Awaitable[None]]) -> Measure:
    async def main(size: int) -> float:
        start = time.perf_counter()
        await program(size)
        return time.perf_counter() - start

    return lambda size: anyio.run(main, size)


async def _values(capacity: int, size: int) -> None:
    sender, receiver = anyio.create_memory_object_stream[int](capacity)

    async def producer() -> None:
        async with sender:
            for number in range(size):
                await sender.send(number)

    async with receiver, anyio.create_task_group() as tasks:
        tasks.start_soon(producer)
        for _ in range(size):
            await receiver.receive()


async def _pingpong(size: int) -> None:
    ping_in, ping_out = anyio.create_memory_object_stream[int](0)
    pong_in, pong_out = anyio.create_memory_object_stream[int](0)

    async def player() -> None:
        for _ in range(size):
            await pong_in.send(await ping_out.receive())

    async with ping_in, ping_out, pong_in, pong_out, anyio.create_task_group() as tasks:
        tasks.start_soon(player)
        for number in range(size):
            await ping_in.send(number)
            await pong_out.receive()


async def _mutex(size: int) -> None:
    lock = anyio.Lock(fast_acquire=True)  # without it, each acquire is a turn for the others
    for _ in range(size):
        async with lock:
            pass


async def _job() -> None:
    pass


async def _waitgroup(size: int) -> None:
    async with anyio.create_task_group() as tasks:
        for _ in range(size):
            tasks.start_soon(_job)


async def _spawn(size: int) -> None:
    for _ in range(size // BATCH):
        await _waitgroup(BATCH)


async def _blocked(size: int) -> dict[str, float]:
    sender, receiver = anyio.create_memory_object_stream[int](0)
    async with sender, receiver:
        watch = Stopwatch()
        async with anyio.create_task_group() as tasks:
            for _ in range(size):
                tasks.start_soon(receiver.receive)
            while receiver.statistics().tasks_waiting_receive < size:
                await anyio.sleep(0)
            figures = watch.stop()
            tasks.cancel_scope.cancel()
    return figures


async def _pipeline(size: int) -> None:
    async def stage(left: Any, right: Any) -> None:
        async with left, right:
            async for value in left:
                await right.send(value)

    async def source(first: Any) -> None:
        async with first:
            for number in range(PIPELINE_VALUES):
                await first.send(number)

    first, last = anyio.create_memory_object_stream[int](0)
    async with anyio.create_task_group() as tasks:
        for _ in range(size):
            left = last
            right, last = anyio.create_memory_object_stream[int](0)
            tasks.start_soon(stage, left, right)
        tasks.start_soon(source, first)
        async with last:
            async for _ in last:
                pass
