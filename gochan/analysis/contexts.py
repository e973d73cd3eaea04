"""The contexts of a run: who derives from whom, when each was cancelled and why, who waited for it.

Always true: parents come before their children; a context that is cancelled with another one has
that one's reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from ..runtime import event as kinds
from ..trace.trace import Event, Span, Trace
from .waits import cases

DEADLINE = ", deadline at "
UNITS = {"s": 1_000_000_000, "ms": 1_000_000, "µs": 1_000, "ns": 1}


class Watch(NamedTuple):
    """A goroutine waited for a context to be cancelled, in nanoseconds and in steps."""

    goroutine: int
    start: int
    end: int
    first_step: int
    last_step: int


class Ending(NamedTuple):
    """How a context ended: `kind` is "cancel", "expire" or "canceled" (with the context `origin`).

    `by` is the goroutine that cancelled, 0 the clock; `cause` the text of the cause that was given.
    """

    kind: str
    time: int
    step: int
    by: int
    cause: str
    origin: str


class ContextFacts(NamedTuple):
    """A context: `parent` is None if it derives from one that nobody can cancel, called `root`."""

    name: str
    parent: str | None
    root: str
    depth: int
    made: int
    made_step: int
    deadline: int | None
    ending: Ending | None
    watches: tuple[Watch, ...]

    @property
    def error(self) -> str:
        """The error's name: "" while it is not cancelled."""
        if self.ending is None:
            return ""
        return "DeadlineExceeded" if self.ending.kind == kinds.EXPIRE else "Canceled"


def contexts(trace: Trace) -> tuple[ContextFacts, ...]:
    """The contexts of a run, parents first, each followed by all that derive from it."""
    made: dict[str, Event] = {}
    endings: dict[str, Ending] = {}
    channels: dict[str, str] = {}
    origin = None
    for event in trace.events:
        name = event.object or ""
        if event.kind == kinds.DERIVE:
            made[name] = event
        elif event.kind == kinds.DONE_CHANNEL:
            channels[name] = event.value or ""
        elif event.kind in (kinds.CANCEL, kinds.EXPIRE, kinds.CANCELED):
            if event.kind != kinds.CANCELED:
                origin = event
            endings[name] = _ending(event, origin, endings, made)
    return tuple(_in_order(made, endings, _watches(trace, channels)))


def _ending(
    event: Event, origin: Event | None, endings: dict[str, Ending], made: dict[str, Event]
) -> Ending:
    name = event.object or ""
    if event.kind == kinds.CANCELED:
        if origin is not None and origin.step == event.step:
            first = origin.object or ""
        else:  # it was made under one that is cancelled already
            above = _parent(made[name]) if name in made else ""
            first = endings[above].origin or above if above in endings else above
    else:
        first = ""
    return Ending(event.kind, event.time, event.step, event.goroutine, event.value or "", first)


def _parent(event: Event) -> str:
    return (event.value or "").split(DEADLINE)[0]


def _in_order(
    made: dict[str, Event], endings: dict[str, Ending], watches: dict[str, list[Watch]]
) -> list[ContextFacts]:
    children: dict[str, list[str]] = defaultdict(list)
    for name, event in made.items():
        children[_parent(event)].append(name)
    roots = [name for name, event in made.items() if _parent(event) not in made]
    found = []
    stack = [(name, 0) for name in reversed(roots)]
    while stack:
        name, depth = stack.pop()
        event = made[name]
        parent = _parent(event)
        ending = endings.get(name)
        found.append(
            ContextFacts(
                name=name,
                parent=parent if depth else None,
                root="" if depth else parent,
                depth=depth,
                made=event.time,
                made_step=event.step,
                deadline=_deadline(event.value or ""),
                ending=ending,
                watches=tuple(watches[name]),
            )
        )
        stack += [(child, depth + 1) for child in reversed(children[name])]
    errors = {facts.name: facts for facts in found}
    return [_with_error_of_its_origin(facts, errors) for facts in found]


def _with_error_of_its_origin(facts: ContextFacts, all_: dict[str, ContextFacts]) -> ContextFacts:
    """The error of one that is cancelled with another one is the other's."""
    ending = facts.ending
    if ending is None or not ending.origin:
        return facts
    first = all_.get(ending.origin)
    if first is None or first.ending is None or first.ending.kind != kinds.EXPIRE:
        return facts
    return facts._replace(ending=ending._replace(kind=kinds.EXPIRE))


def _deadline(text: str) -> int | None:
    found = re.search(rf"{DEADLINE}([0-9.e+-]+)(s|ms|µs|ns)$", text)
    return round(float(found[1]) * UNITS[found[2]]) if found else None


def _watches(trace: Trace, channels: dict[str, str]) -> dict[str, list[Watch]]:
    watches: dict[str, list[Watch]] = defaultdict(list)
    for span in trace.spans():
        for channel in _waits_for(span):
            if channel in channels:
                watches[channels[channel]].append(
                    Watch(span.goroutine, span.start, span.end, span.first_step, span.last_step)
                )
    return watches


def _waits_for(span: Span) -> list[str]:
    thing = span.object or ""
    if "<-" in thing:
        return [channel for reason, channel in cases(thing) if reason == "chan receive"]
    return [thing] if span.reason == "chan receive" else []
