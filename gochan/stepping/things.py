"""The channels, locks and variables of a program, as they are now."""

# ruff: noqa: SLF001 - it shows the inside of all the primitives, as explore's rules know it

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from .. import atomic
from ..analysis.explore.operation import Operation
from ..analysis.waits import cases
from ..channel import Chan, nil
from ..runtime import event as kinds
from ..runtime.shown import short_repr
from ..selecting import Case
from ..sync import Cond, Mutex, Once, RWMutex, WaitGroup
from ..time import TimerChan
from ..trace.trace import Event
from ..variables import Var

NameOf = Callable[[Any], str]
Waiting = tuple[str, str, str]  # who, for which reason, on what


class ChannelNow(NamedTuple):
    """A channel: what is in its buffer, and who waits at its ends."""

    name: str
    cap: int
    values: tuple[str, ...]
    is_closed: bool
    senders: tuple[str, ...]
    receivers: tuple[str, ...]


class ThingNow(NamedTuple):
    """A variable, a lock or a count: what it holds, in words."""

    name: str
    type: str
    text: str


def channels_now(
    tape: list[Any], pending: list[Operation], name_of: NameOf, waiting: list[Waiting]
) -> tuple[ChannelNow, ...]:
    """The channels that were used, or are about to be."""
    found = []
    for thing in _seen(tape, pending):
        if isinstance(thing, Chan) and thing is not nil and not isinstance(thing, TimerChan):
            name = name_of(thing)
            values = tuple(short_repr(one) for one in thing._buffer)
            senders = _who_waits(waiting, "chan send", name)
            receivers = _who_waits(waiting, "chan receive", name)
            found.append(ChannelNow(name, thing.cap, values, thing._closed, senders, receivers))
    return tuple(found)


def _who_waits(waiting: list[Waiting], reason: str, name: str) -> tuple[str, ...]:
    return tuple(
        who
        for who, its_reason, thing in waiting
        if (reason, name) in (cases(thing) if "<-" in thing else [(its_reason, thing)])
    )


def things_now(
    tape: list[Any],
    pending: list[Operation],
    name_of: NameOf,
    holder: Callable[[str], str | None],
) -> tuple[ThingNow, ...]:
    """Everything else that was used, or is about to be, and has a state worth showing."""
    found = []
    for thing in _seen(tape, pending):
        text = _state(thing, name_of, holder)
        if text is not None:
            found.append(ThingNow(name_of(thing), type(thing).__name__, text))
    return tuple(found)


def _state(thing: Any, name_of: NameOf, holder: Callable[[str], str | None]) -> str | None:
    if isinstance(thing, (Mutex, RWMutex)):
        by = holder(name_of(thing))
        return f"locked by {by}" if by else _lock(thing)
    return next((text(thing) for kind, text in STATES.items() if isinstance(thing, kind)), None)


def _lock(lock: Mutex | RWMutex) -> str:
    if isinstance(lock, Mutex):
        return "locked" if lock._locked else "free"
    return "being read" if lock._readers > 0 else "free"


STATES: dict[Any, Callable[[Any], str]] = {
    (Var, atomic.Int, atomic.Bool, atomic.Value): lambda thing: short_repr(thing._value),
    WaitGroup: lambda thing: f"at {thing._count}",
    Cond: lambda thing: f"{len(thing._tickets)} waiting",
    Once: lambda thing: "done" if thing._done else "not done",
}


def _seen(tape: list[Any], pending: list[Operation]) -> Iterator[Any]:
    """What the tape and the next operations name, each once, in the order of the first use."""
    seen: set[int] = set()
    for thing in _named(tape, pending):
        if id(thing) not in seen and getattr(thing, "name", None) != "":
            seen.add(id(thing))
            yield thing


def _named(tape: list[Any], pending: list[Operation]) -> Iterator[Any]:
    for thing in tape[1::5]:
        if isinstance(thing, list):
            yield from (one.channel for one in thing if type(one) is Case)
        else:
            yield thing
    for operation in pending:
        for thing in operation.things:
            yield thing.channel if type(thing) is Case else thing


def holders(events: Iterable[Event]) -> dict[str, int]:
    """Who has locked what."""
    found: dict[str, int] = {}
    for event in events:
        if event.object is None:
            continue
        if event.kind == kinds.LOCK:
            found[event.object] = event.goroutine
        elif event.kind == kinds.UNLOCK:
            found.pop(event.object, None)
    return found
