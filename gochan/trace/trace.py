"""What happened: frozen plain data, the only thing that charts, analyses and widgets see.

Always true:
- Events stand in the order in which they happened; `time` (nanoseconds of program time) and `step`
  never go back. What one operation caused has that operation's step.
- A channel is first in, first out, so its k-th receive got the value of its k-th send.
- Goroutine 0 is the clock: it fires timers and wakes sleepers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from ..runtime import event as kinds
from ..runtime.goroutine import RUNNABLE, RUNNING, SLEEP, WORKING

SLEEPING = "sleeping"
BLOCKED = "blocked"
STATES = (RUNNING, RUNNABLE, BLOCKED, SLEEPING, WORKING)

CLOCK = 0  # the number under which the clock appears among the goroutines


class Event(NamedTuple):
    """One thing that happened.

    `kind` is one of `gochan.runtime.event`'s; `goroutine` did it; `object` names what it was done
    to (a channel, a lock, a goroutine as `g3`); `value` is the value's short repr, for a "block"
    Go's wait reason; `line` and `file` say where in the program.
    """

    kind: str
    time: int
    step: int
    goroutine: int
    object: str | None = None
    value: str | None = None
    line: int = 0
    file: str = ""


class GoroutineFacts(NamedTuple):
    """A goroutine of a trace: who it is, who started it where, and when it began and ended."""

    id: int
    name: str
    created_by: int
    line: int
    file: str
    started: int  # step
    ended: int | None  # step, None if it was still there at the end


class ChannelFacts(NamedTuple):
    """A channel of a trace."""

    name: str
    cap: int
    type: str


class ThingFacts(NamedTuple):
    """What has a name in a trace: a channel, a lock, a variable ..., and the name of its type."""

    name: str
    type: str


class FunctionFacts(NamedTuple):
    """A function of the program that did something, and its lines."""

    file: str
    first_line: int
    last_line: int
    name: str


class Source(NamedTuple):
    """A piece of the program's text, for showing which line runs."""

    file: str
    first_line: int
    text: str


class Span(NamedTuple):
    """A stretch in which a goroutine was in one state, in nanoseconds and in steps."""

    goroutine: int
    state: str
    reason: str
    object: str | None
    start: int
    end: int
    first_step: int
    last_step: int


class Message(NamedTuple):
    """A value on its way: when it left the sender, and when it reached the receiver.

    `receiver` is None, and the arrival the end of the trace, if nobody took it.
    """

    sender: int
    receiver: int | None
    channel: str
    value: str
    sent: int
    received: int
    sent_step: int
    received_step: int


class Level(NamedTuple):
    """From this moment on the buffer held so many values."""

    time: int
    step: int
    count: int  # type: ignore[assignment]  # hides the method of tuples, which has no use here


@dataclass(frozen=True)
class Trace:
    """A recorded run.

    `end` is the program time at its end in nanoseconds, `outcome` how it ended.
    """

    events: tuple[Event, ...]
    goroutines: tuple[GoroutineFacts, ...]
    channels: tuple[ChannelFacts, ...]
    sources: tuple[Source, ...] = ()
    things: tuple[ThingFacts, ...] = ()
    functions: tuple[FunctionFacts, ...] = ()
    procs: int = 1
    outcome: str = "ok"
    message: str = ""
    output: str = ""
    end: int = 0
    format: int = field(default=1)

    @cached_property
    def last_step(self) -> int:
        """The step after which nothing happened any more."""
        return self.events[-1].step if self.events else 0

    @property
    def knows_things(self) -> bool:
        """Whether it tells of channels and locks; one of real Go tells only who woke whom."""
        return bool(self.channels or self.things)

    def spans(self) -> tuple[Span, ...]:
        """Who was in which state from when to when."""
        return self._spans

    def steps(self) -> tuple[tuple[Event, ...], ...]:
        """The events of each step in which something happened."""
        return self._steps

    def messages(self) -> tuple[Message, ...]:
        """The values that went through channels, in the order in which they left."""
        return self._messages

    def occupancy(self, channel: str) -> tuple[Level, ...]:
        """How full the buffer was, from the start on; one level for each step that changed it.

        Raises KeyError for a channel that isn't in the trace.
        """
        if channel not in {facts.name for facts in self.channels}:
            known = ", ".join(facts.name for facts in self.channels) or "none"
            raise KeyError(f"no channel {channel!r} in this trace; it has {known}")
        return tuple(_levels(self.events, channel))

    def function_at(self, file: str, line: int) -> str:
        """The innermost function that a line is in, "" if it is in none."""
        at = [
            one
            for one in self.functions
            if one.file == file and one.first_line <= line <= one.last_line
        ]
        return min(at, key=lambda one: one.last_line - one.first_line).name if at else ""

    @cached_property
    def _steps(self) -> tuple[tuple[Event, ...], ...]:
        groups = groupby(self.events, key=attrgetter("step"))
        return tuple(tuple(events) for _, events in groups)

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        return tuple(_spans(self.events, self.end, self.last_step))

    @cached_property
    def _messages(self) -> tuple[Message, ...]:
        return tuple(_messages(self.events, self.end, self.last_step))

    def to_json(self) -> str:
        """The trace as JSON text; `from_json` gives an equal one back."""
        parts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return json.dumps(parts, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Trace:
        """Reads what `to_json` wrote.

        Raises ValueError for anything else.
        """
        try:
            parts = json.loads(text)
            for name, row in ROWS.items():
                parts[name] = tuple(row(*cells) for cells in parts[name])
            return cls(**parts)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"this JSON is no trace: {error}") from error

    def to_perfetto(self, path: Any) -> None:
        """Writes the trace to a file that https://ui.perfetto.dev opens."""
        from .perfetto import write_perfetto  # noqa: PLC0415 - it imports this module

        write_perfetto(self, path)


ROWS: dict[str, Any] = {
    "events": Event,
    "goroutines": GoroutineFacts,
    "channels": ChannelFacts,
    "sources": Source,
    "things": ThingFacts,
    "functions": FunctionFacts,
}


def state_of(reason: str) -> str:
    """The state that a wait reason puts a goroutine in."""
    if reason == SLEEP:
        return SLEEPING
    return reason if reason in (RUNNING, WORKING, RUNNABLE) else BLOCKED


class _Since(NamedTuple):
    """The state that a goroutine is in, and since when."""

    state: str
    reason: str
    object: str | None
    time: int
    step: int


def _spans(events: Iterable[Event], end: int, last_step: int) -> Iterable[Span]:
    """Each goroutine's states one after the other; a state that lasted no step is left out."""
    since: dict[int, _Since] = {}
    for event in events:
        change = _change(event)
        if change is None:
            continue
        who, reason, thing = change
        if who in since:
            yield from _closed(who, since[who], event.time, event.step)
        if reason is not None:
            since[who] = _Since(state_of(reason), reason, thing, event.time, event.step)
        else:
            since.pop(who, None)
    for who, before in since.items():
        yield from _closed(who, before, end, last_step + 1)


def _change(event: Event) -> tuple[int, str | None, str | None] | None:
    """Who changes state with this event, for which reason (None: it ended), and on what."""
    if event.kind == kinds.BLOCK:
        return event.goroutine, event.value or "", event.object
    if event.kind == kinds.RUN:
        return event.goroutine, RUNNING, event.object
    if event.kind == kinds.YIELD:
        return event.goroutine, RUNNABLE, None
    if event.kind in (kinds.GO, kinds.READY) and event.object is not None:
        return int(event.object[1:]), RUNNABLE, None
    if event.kind in (kinds.END, kinds.CRASH, kinds.EXIT):
        return event.goroutine, None, None
    return None


def _closed(who: int, before: _Since, time: int, step: int) -> Iterable[Span]:
    if (before.time, before.step) != (time, step):
        name, reason, thing, since, since_step = before
        yield Span(who, name, reason, thing, since, time, since_step, step)


def _messages(events: Iterable[Event], end: int, last_step: int) -> list[Message]:
    sent: dict[str, list[Event]] = defaultdict(list)
    received: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.object is None:
            continue
        if event.kind == kinds.SEND:
            sent[event.object].append(event)
        elif event.kind == kinds.RECV:
            received[event.object].append(event)
    messages = []
    for channel, sends in sent.items():
        arrivals = received[channel]
        for k, send in enumerate(sends):
            arrival = arrivals[k] if k < len(arrivals) else None
            messages.append(
                Message(
                    sender=send.goroutine,
                    receiver=arrival.goroutine if arrival else None,
                    channel=channel,
                    value=send.value or "",
                    sent=send.time,
                    received=arrival.time if arrival else end,
                    sent_step=send.step,
                    received_step=arrival.step if arrival else last_step + 1,
                )
            )
    messages.sort(key=lambda message: (message.sent_step, message.received_step))
    return messages


def _levels(events: Iterable[Event], channel: str) -> list[Level]:
    levels = [Level(0, 0, 0)]
    count = 0
    for event in events:
        if event.object != channel or event.kind not in (kinds.SEND, kinds.RECV):
            continue
        count += 1 if event.kind == kinds.SEND else -1
        if levels[-1].step == event.step:
            levels[-1] = levels[-1]._replace(count=count)
        else:
            levels.append(Level(event.time, event.step, count))
    return [level for k, level in enumerate(levels) if k == 0 or levels[k - 1].count != level.count]
