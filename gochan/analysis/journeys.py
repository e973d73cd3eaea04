"""How values travel through a pool or a pipeline: when each came in, and when what it led to left.

A worker that receives a value and then sends one is taken to have made the second from the first.
So a value's journey goes from channel to channel along the goroutines that handle it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ..runtime.goroutine import RUNNABLE
from ..trace.trace import BLOCKED, CLOCK, Message, Span, Trace
from .waits import cases


class Journey(NamedTuple):
    """A value that was sent at `start`, and left at `end` (None: not by the end of the run).

    Both in nanoseconds of program time.
    """

    value: str
    start: int
    end: int | None


class Way(NamedTuple):
    """The journeys from one channel to another, in the order in which they began."""

    source: str
    sink: str
    journeys: tuple[Journey, ...]


class Level(NamedTuple):
    """From this program time on, in nanoseconds, there are so many."""

    time: int
    number: int


def way(trace: Trace, source: str | None = None, sink: str | None = None) -> Way:
    """The journeys from the first send on `source` to the send on `sink` that it leads to.

    Parameters
    ----------
    trace
        A recorded run.
    source
        The name of the channel where values come in; by default the first that no goroutine feeds
        from another one.
    sink
        The name of the channel where they leave. If it is `source`, values leave when they are
        received. By default the last that they reach.

    Raises ValueError if nothing was sent, KeyError for a channel that isn't in the trace.
    """
    messages = [one for one in trace.messages() if one.sender != CLOCK]
    for name in (source, sink):
        if name is not None:
            trace.occupancy(name)  # raises KeyError, in a sentence
    if not messages:
        raise ValueError("no value went through a channel in this trace")
    steps = _steps_onward(messages)
    source = source or _first(messages, steps)
    sink = sink or _last(source, steps)
    follower = _Follower(messages, steps, sink)
    journeys = [
        Journey(one.value, one.sent, follower.left(one))
        for one in messages
        if one.channel == source
    ]
    return Way(source, sink, tuple(journeys))


def inside(journeys: Sequence[Journey]) -> tuple[Level, ...]:
    """How many are on their way, from each moment on at which that changes."""
    changes: dict[int, int] = defaultdict(int)
    for one in journeys:
        changes[one.start] += 1
        if one.end is not None:
            changes[one.end] -= 1
    return _levels(changes)


def busy(trace: Trace, source: str) -> tuple[tuple[Level, ...], int]:
    """How many of those who receive from `source` are busy, and how many of them there are.

    Busy is who is alive and neither waits for a value from there nor for a processor.
    """
    workers = {one.receiver for one in trace.messages() if one.channel == source}
    changes: dict[int, int] = defaultdict(int)
    for span in trace.spans():
        if span.goroutine in workers and span.end > span.start and not _is_idle(span, source):
            changes[span.start] += 1
            changes[span.end] -= 1
    return _levels(changes), len(workers - {None})


def mean(levels: Sequence[Level], start: int, end: int) -> float:
    """The mean number over a stretch of program time."""
    if end <= start:
        return 0.0
    area = 0
    for at, level in enumerate(levels):
        until = levels[at + 1].time if at + 1 < len(levels) else end
        area += level.number * max(0, min(until, end) - max(level.time, start))
    return area / (end - start)


def _levels(changes: dict[int, int]) -> tuple[Level, ...]:
    levels, number = [Level(0, 0)], 0
    for time in sorted(changes):
        number += changes[time]
        if levels[-1].time == time:
            levels[-1] = Level(time, number)
        elif number != levels[-1].number:
            levels.append(Level(time, number))
    return tuple(levels)


def _is_idle(span: Span, source: str) -> bool:
    if span.state == RUNNABLE:
        return True
    if span.state != BLOCKED:
        return False
    if span.reason == "chan receive" and span.object == source:
        return True
    return ("chan receive", source) in cases(span.object or "")


# -- which channel leads to which ------------------------------------------------------------------

_Onward = dict[str, dict[str, None]]  # from a channel to those on which its receivers then send


def _steps_onward(messages: Sequence[Message]) -> _Onward:
    received: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for one in messages:
        if one.receiver is not None:
            received[one.receiver].append((one.received_step, one.channel))
    for got in received.values():
        got.sort()
    onward: _Onward = {one.channel: {} for one in messages}
    for one in messages:
        got = received.get(one.sender, [])
        at = bisect_left(got, (one.sent_step, ""))
        if at and got[at - 1][1] != one.channel:
            onward[got[at - 1][1]].setdefault(one.channel)
    return onward


def _first(messages: Sequence[Message], onward: _Onward) -> str:
    fed = {channel for following in onward.values() for channel in following}
    return next((one.channel for one in messages if one.channel not in fed), messages[0].channel)


def _last(source: str, onward: _Onward) -> str:
    """The farthest channel that is reached from the source."""
    order, seen = [source], {source}
    for channel in order:
        for following in onward.get(channel, {}):
            if following not in seen:
                seen.add(following)
                order.append(following)
    return order[-1]


class _Follower:
    """Finds where a value leaves."""

    def __init__(self, messages: Sequence[Message], onward: _Onward, sink: str) -> None:
        self._sink = sink
        self._leads = _leading_to(sink, onward)
        self._sent: dict[int, list[Message]] = defaultdict(list)
        self._received: dict[tuple[int, str], list[int]] = defaultdict(list)
        for one in messages:
            self._sent[one.sender].append(one)
            if one.receiver is not None:
                self._received[one.receiver, one.channel].append(one.received_step)
        for sent in self._sent.values():
            sent.sort(key=_sent_step)
        for steps in self._received.values():
            steps.sort()

    def left(self, message: Message) -> int | None:
        """When what this message led to was sent on the sink; None if it was not."""
        if message.channel == self._sink:
            return message.received if message.receiver is not None else None
        seen = set[str]()
        while message.receiver is not None and message.channel not in seen:
            seen.add(message.channel)
            following = self._following(message, message.receiver)
            if following is None:
                return None
            if following.channel == self._sink:
                return following.sent
            message = following
        return None

    def _following(self, message: Message, who: int) -> Message | None:
        """What the receiver sends on the way to the sink before it receives from there again."""
        steps = self._received[who, message.channel]
        at = bisect_right(steps, message.received_step)
        until = steps[at] if at < len(steps) else None
        sent = self._sent[who]
        for number in range(bisect_right(sent, message.received_step, key=_sent_step), len(sent)):
            one = sent[number]
            if until is not None and one.sent_step > until:
                return None
            if one.channel in self._leads and one.channel != message.channel:
                return one
        return None


def _leading_to(sink: str, onward: _Onward) -> set[str]:
    found = {sink}
    is_growing = True
    while is_growing:
        more = {channel for channel, after in onward.items() if found & after.keys()} - found
        is_growing = bool(more)
        found |= more
    return found


def _sent_step(message: Message) -> int:
    return message.sent_step
