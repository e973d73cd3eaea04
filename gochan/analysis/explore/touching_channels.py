"""What operations on channels touch, selects among them."""

# ruff: noqa: ARG001, SLF001 - rules have one shape, and know channels from the inside

from __future__ import annotations

from typing import Any

from ...channel import Chan, nil
from ...selecting import Case
from ...time import TimerChan
from .operation import Operation, World
from .touch import READ, RECV, SEND, WRITE, Touch


def send_or_recv(operation: Operation, world: World) -> list[Touch]:
    """Of one channel; where somebody could look who has arrived, it matters who has."""
    ((channel, direction),) = operation.channels()
    touches = _send(channel) if direction == SEND else _recv(channel)
    if channel._cap == 0 and world.is_polled(channel, operation.goroutine):
        return [touch._replace(mode=WRITE) for touch in touches]
    return touches


def _send(channel: Chan[Any]) -> list[Touch]:
    if channel is nil:
        return []
    if channel._closed:
        return [Touch(id(channel), READ, channel)]
    receiver = channel._recvq.first()
    if receiver is not None:
        return served(channel, receiver, SEND if channel._cap == 0 else WRITE)
    if channel._cap and len(channel._buffer) < channel._cap:
        return [Touch(id(channel), SEND, channel)]
    return [Touch(id(channel), WRITE, channel)]


def _recv(channel: Chan[Any]) -> list[Touch]:
    if channel is nil:
        return []
    sender = channel._sendq.first()
    if isinstance(channel, TimerChan):
        return [Touch(id(channel), WRITE, channel)]
    if sender is not None:
        return served(channel, sender, WRITE)
    if channel._closed and not channel._buffer:
        return [Touch(id(channel), READ, channel)]
    if channel._cap and not channel._buffer:
        return [Touch(id(channel), WRITE, channel)]
    return [Touch(id(channel), RECV, channel)]


def served(channel: Chan[Any], waiter: Any, mode: str) -> list[Touch]:
    """Who is served in a select leaves the queues of its other channels."""
    cases = waiter.goroutine.waiting_on
    if not isinstance(cases, list):
        return [Touch(id(channel), mode, channel)]
    channels = [channel, *(case.channel for case in cases)]
    return [Touch(id(one), WRITE, one) for one in dict.fromkeys(channels) if one is not nil]


def select(operation: Operation, world: World) -> list[Touch]:
    """Of a select that takes none of its cases now: it takes default, or waits."""
    cases = [case for case in operation.things if type(case) is Case]
    if not operation.is_choice() and not operation.polls():
        return send_or_recv(operation, world) if cases else []
    mode = READ if operation.polls() else WRITE
    channels = dict.fromkeys(case.channel for case in cases if case.channel is not nil)
    return [Touch(id(channel), mode, channel) for channel in channels]


def touches_of_case(case: Case) -> list[Touch]:
    """What a select touches that takes this case: nothing of the others."""
    return _send(case.channel) if case.direction == "send" else _recv(case.channel)


def looks_of_cases(operation: Operation, ready: list[int]) -> list[Touch]:
    """What could have made another case ready, or could have left it so.

    Default is a way to go only while no case is ready, so there it matters for each.
    """
    if operation.polls():
        ready = []
    others = [
        case.channel
        for number, case in enumerate(operation.things)
        if type(case) is Case and number not in ready and case.channel is not nil
    ]
    return [Touch(id(channel), WRITE, channel) for channel in dict.fromkeys(others)]


def length(operation: Operation, world: World) -> list[Touch]:
    """A look at the channel."""
    channel = operation.things[0]
    return [Touch(id(channel), READ, channel)] if channel._cap else []  # without a buffer it is 0


def close(operation: Operation, world: World) -> list[Touch]:
    """The channel, and what those wait for whom it wakes."""
    channel = operation.things[0]
    touches = [] if channel is nil else [Touch(id(channel), WRITE, channel)]
    for queue in () if channel is nil else (channel._recvq, channel._sendq):
        for waiter in queue.waiters:
            touches += served(channel, waiter, WRITE)
    return touches
