"""Whether an operation could go on at once.

One that would only block is put off until it can go on, or until nobody can do anything else: to
arrive early and wait is seen by nobody. Where it is seen (a writer who waits for a RWMutex holds
back readers, a signal wakes only who waits already), the operation counts as one that can go on.
"""

# ruff: noqa: ARG001, SLF001 - guards have one shape, and know all the primitives from the inside

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...channel import Chan, nil
from ...runtime import event as kinds
from ...runtime.goroutine import Goroutine
from ...selecting import Case
from ...sync import Mutex, Once, RWMutex, WaitGroup
from ...time import TimerChan
from .operation import Operation, World
from .touch import SEND


def _channel_goes(operation: Operation, world: World) -> bool:
    ((channel, direction),) = operation.channels()
    return _goes(channel, direction, operation.goroutine, world)


def _goes(channel: Chan[Any], direction: str, goroutine: Goroutine, world: World) -> bool:
    """Who receives without a buffer may arrive when somebody is about to send, who then goes on.

    Who sends may arrive first only where a select with default could look. A timer starts only
    when somebody waits for it, which matters if it may fire while others could go on.
    """
    if channel is nil:
        return False
    if isinstance(channel, TimerChan):
        return _has_fired(channel, world) or (world.any_time and channel._when is not None)
    if direction == SEND:
        return channel._can_send() or (channel._cap == 0 and world.is_polled(channel, goroutine))
    return channel._can_recv() or (channel._cap == 0 and world.is_offered(channel, goroutine))


def ready_cases(operation: Operation, world: World) -> list[int]:
    """The cases of a select that can go on at once, by their numbers."""
    return [
        number
        for number, case in enumerate(operation.things)
        if type(case) is Case and _is_ready(case, world)
    ]


def _is_ready(case: Case, world: World) -> bool:
    channel = case.channel
    if channel is nil:
        return False
    if isinstance(channel, TimerChan):
        return _has_fired(channel, world)
    return case.ready()


def _has_fired(timer: TimerChan, world: World) -> bool:
    return bool(timer._buffer) or (timer._when is not None and timer._when <= world.now)


def _select_goes(operation: Operation, world: World) -> bool:
    return operation.polls() or any(
        _goes(channel, direction, operation.goroutine, world)
        for channel, direction in operation.channels()
    )


def _lock_goes(operation: Operation, world: World) -> bool:
    lock = operation.things[0]
    mutex = lock._writers if isinstance(lock, RWMutex) else lock
    return not isinstance(mutex, Mutex) or not (mutex._locked or mutex._starving)


def _rlock_goes(operation: Operation, world: World) -> bool:
    lock: RWMutex = operation.things[0]
    return lock._readers >= 0


def _wait_goes(operation: Operation, world: World) -> bool:
    thing = operation.things[0]
    return not isinstance(thing, WaitGroup) or thing._count == 0 or world.misuses_groups


def _do_goes(operation: Operation, world: World) -> bool:
    once: Once = operation.things[0]
    return once._done or not once._mutex._locked


GUARDS: dict[str, Callable[[Operation, World], bool]] = {
    kinds.SEND: _channel_goes,
    kinds.RECV: _channel_goes,
    kinds.SELECT: _select_goes,
    kinds.LOCK: _lock_goes,
    kinds.RLOCK: _rlock_goes,
    kinds.WAIT: _wait_goes,
    kinds.DO: _do_goes,
}


def can_go(operation: Operation, world: World) -> bool:
    """Whether an operation would do something now, and not just wait."""
    guard = GUARDS.get(operation.kind)
    return guard is None or guard(operation, world)
