"""The works in asyncio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ..contender import Measure
from ..stopwatch import Stopwatch
from ..work import BATCH, BUFFER, CASES, PIPELINE_VALUES

Queue = asyncio.Queue[int | None]


def works(_options: dict[str, Any]) -> dict[str, Measure]:
    """The functions that measure, by the key of their work."""
    return {
        "unbuffered": _measured(lambda size: _values(1, size)),
        "buffered": _measured(lambda size: _values(BUFFER, size)),
        "pingpong": _measured(_pingpong),
        "select": _measured(_select),
        "mutex": _measured(_mutex),
        "spawn": _measured(_spawn),
        "blocked": lambda size: asyncio.run(_blocked(size)),
        "pipeline": _measured(_pipeline),
        "waitgroup": _measured(_waitgroup),
    }


def _measured(program: Callable[[int], Awaitable[None]]) -> Measure:
    async def main(size: int) -> float:
        start = time.perf_counter()
        await program(size)
        return time.perf_counter() - start

    return lambda size: asyncio.run(main(size))


async def _values(capacity: int, size: int) -> None:
    numbers: Queue = asyncio.Queue(capacity)

    async def producer() -> None:
        for number in range(size):
            await numbers.put(number)

    task = asyncio.create_task(producer())
    for _ in range(size):
        await numbers.get()
    await task


async def _pingpong(size: int) -> None:
    ping: Queue = asyncio.Queue(1)
    pong: Queue = asyncio.Queue(1)

    async def player() -> None:
        for _ in range(size):
            await pong.put(await ping.get())

    task = asyncio.create_task(player())
    for number in range(size):
        await ping.put(number)
        await pong.get()
    await task


async def _select(size: int) -> None:
    async def producer(queue: Queue) -> None:
        for number in range(size // CASES):
            await queue.put(number)

    queues: list[Queue] = [asyncio.Queue(1) for _ in range(CASES)]
    producers = [asyncio.create_task(producer(queue)) for queue in queues]
    waiting = {asyncio.create_task(queue.get()): queue for queue in queues}
    left = size // CASES * CASES
    while left:
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
            queue = waiting.pop(task)
            waiting[asyncio.create_task(queue.get())] = queue
        left -= len(done)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*producers)


async def _mutex(size: int) -> None:
    lock = asyncio.Lock()
    for _ in range(size):
        async with lock:
            pass


async def _job() -> None:
    pass


async def _waitgroup(size: int) -> None:
    # That is faster than gather and than a TaskGroup.
    for task in [asyncio.create_task(_job()) for _ in range(size)]:
        await task


async def _spawn(size: int) -> None:
    for _ in range(size // BATCH):
        await _waitgroup(BATCH)


async def _blocked(size: int) -> dict[str, float]:
    nobody: Queue = asyncio.Queue()
    watch = Stopwatch()
    tasks = [asyncio.create_task(nobody.get()) for _ in range(size)]
    await asyncio.sleep(0)
    figures = watch.stop()
    for task in tasks:
        task.cancel()
    return figures


async def _pipeline(size: int) -> None:
    async def stage(left: Queue, right: Queue) -> None:
        while (value := await left.get()) is not None:
            await right.put(value)
        await right.put(None)

    async def source(first: Queue) -> None:
        for number in range(PIPELINE_VALUES):
            await first.put(number)
        await first.put(None)

    first: Queue = asyncio.Queue(1)
    last, tasks = first, []
    for _ in range(size):
        left, last = last, asyncio.Queue(1)
        tasks.append(asyncio.create_task(stage(left, last)))
    tasks.append(asyncio.create_task(source(first)))
    while await last.get() is not None:
        pass
    await asyncio.gather(*tasks)
