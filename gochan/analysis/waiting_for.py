"""Who waits for whom at one moment of a run: the wait-for graph, and the cycles in it.

Always true:
- An edge goes from a goroutine to a thing that it waits on, and from a thing to a goroutine: to who
  holds it if it is a lock, else to whoever does the opposite on it somewhere in this run.
- A goroutine in a select waits on several things, and any of them is enough. So a cycle is a
  deadlock only if nobody at all who could help can go on.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..runtime import event as kinds
from ..runtime.goroutine import RUNNABLE, RUNNING
from ..trace.trace import BLOCKED, CLOCK, Event, Trace, state_of
from .cycles import Node, groups, reached, ring
from .waits import cases, helpers, users
from .words import Names

LOCKS = ("sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock")
NIL = " (nil chan)"


class Party(NamedTuple):
    """A goroutine: its state, why it waits, and since when (nanoseconds of program time)."""

    id: int
    name: str
    state: str
    reason: str
    since: int


class Thing(NamedTuple):
    """What somebody waits on: its type, and what can be told of it in a few words."""

    name: str
    type: str
    words: str


class Wait(NamedTuple):
    """A goroutine waits on a thing; `reason` is that of the case if it is in a select."""

    goroutine: int
    thing: str
    reason: str


class Help(NamedTuple):
    """On a thing a goroutine could help: it holds it, or does the opposite in this run."""

    thing: str
    goroutine: int
    holds: bool


class Cycle(NamedTuple):
    """Each of the goroutines waits on the thing of the same number, where the next could help."""

    goroutines: tuple[int, ...]
    things: tuple[str, ...]
    is_deadlock: bool


class WaitGraph(NamedTuple):
    """The graph at `time`; `others` goroutines neither wait nor could help."""

    parties: tuple[Party, ...]
    things: tuple[Thing, ...]
    waits: tuple[Wait, ...]
    helps: tuple[Help, ...]
    cycles: tuple[Cycle, ...]
    time: int
    others: int


def waiting_for(trace: Trace, at: float | None = None, step: int | None = None) -> WaitGraph:
    """The wait-for graph at the end of a run, or earlier.

    Parameters
    ----------
    trace
        A recorded run.
    at
        A program time in seconds: what counts is how things stood when it was over.
    step
        A step of the trace instead: how things stood after it.

    Raises TypeError for what is no number, ValueError for a negative or infinite one, and if both
    are given.
    """
    _check_moment(at, step)
    moment = _Moment(trace)
    for event in trace.events:
        if (at is not None and event.time > at * 1e9) or (step is not None and event.step > step):
            break
        moment.add(event)
    end = trace.end if at is None and step is None else moment.time
    if at is not None:
        end = min(trace.end, round(at * 1e9))
    return moment.graph(end)


def _check_moment(at: float | None, step: int | None) -> None:
    if at is not None and step is not None:
        raise ValueError("at is a program time and step a step: give one of them")
    for name, given in (("at", at), ("step", step)):
        if given is None:
            continue
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise TypeError(f"{name} is a number, not {given!r}")
        if not (given >= 0 and math.isfinite(given)):
            raise ValueError(f"{name} is a finite number from 0 on, not {given!r}")


class _State(NamedTuple):
    """What a goroutine does since when."""

    state: str
    reason: str
    thing: str | None
    since: int


class _Moment:
    """How things stand after some of a trace's events."""

    def __init__(self, trace: Trace) -> None:
        self.time = 0
        self._names = Names(trace)
        self._types = {facts.name: facts.type for facts in trace.things}
        self._caps = {facts.name: facts.cap for facts in trace.channels}
        self._users = users(trace)
        self._states: dict[int, _State] = {}
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._counts: dict[str, int] = defaultdict(int)  # of a WaitGroup, or in a buffer
        self._counters: dict[str, set[int]] = defaultdict(set)  # who will count down
        self._adding: dict[int, list[str]] = {}  # the WaitGroup, once for each to be started

    def add(self, event: Event) -> None:
        """What one event changes."""
        self.time = event.time
        self._change_state(event)
        thing = event.object
        if thing is None:
            return
        if event.kind in (kinds.LOCK, kinds.RLOCK, kinds.DO):
            self._holders[thing].append(event.goroutine)
        elif event.kind in (kinds.UNLOCK, kinds.RUNLOCK, kinds.DONE):
            self._release(thing, event.goroutine)
        elif event.kind == kinds.SEND:
            self._counts[thing] += 1
        elif event.kind == kinds.RECV:
            self._counts[thing] -= 1
        elif event.kind == kinds.ADD and self._types.get(thing) == "WaitGroup":
            self._counts[thing] += int(event.value or 0)
            self._adding[event.goroutine] = [thing] * int(event.value or 0)

    def _change_state(self, event: Event) -> None:
        who, time = event.goroutine, event.time
        if event.kind == kinds.BLOCK:
            reason = event.value or ""
            self._states[who] = _State(state_of(reason), reason, event.object, time)
        elif event.kind == kinds.RUN:
            self._states[who] = _State(RUNNING, RUNNING, None, time)
        elif event.kind == kinds.YIELD:
            self._states[who] = _State(RUNNABLE, RUNNABLE, None, time)
        elif event.kind in (kinds.GO, kinds.READY) and event.object is not None:
            other = int(event.object[1:])
            self._states[other] = _State(RUNNABLE, RUNNABLE, None, time)
            counted = self._adding.get(event.goroutine)
            if event.kind == kinds.GO and counted:  # WaitGroup.go is both in one step
                self._counters[counted.pop()].add(other)
        elif event.kind in (kinds.END, kinds.CRASH, kinds.EXIT):
            self._states.pop(who, None)

    def _release(self, thing: str, who: int) -> None:
        """Any goroutine may unlock a Mutex: then the first that locked it does not hold it."""
        holders = self._holders[thing]
        if holders:
            holders.remove(who if who in holders else holders[0])

    # -- the graph ---------------------------------------------------------------------------------

    def graph(self, time: int) -> WaitGraph:
        """The graph as things stand now."""
        waits = [wait for who in sorted(self._states) for wait in self._waits(who)]
        waiting: dict[str, set[int]] = defaultdict(set)
        for wait in waits:
            waiting[wait.thing].add(wait.goroutine)
        helps = [
            Help(thing, who, holds)
            for thing, reasons in _by_thing(waits).items()
            for who, holds in self._helpers(thing, reasons, waiting[thing])
        ]
        cycles = _cycles(waits, helps, self._blocked())
        shown = {wait.goroutine for wait in waits} | {help_.goroutine for help_ in helps}
        shown |= self._blocked()
        return WaitGraph(
            parties=tuple(self._party(who) for who in sorted(shown)),
            things=tuple(
                self._thing(thing, reasons, [one for one in helps if one.thing == thing])
                for thing, reasons in _by_thing(waits).items()
            ),
            waits=tuple(waits),
            helps=tuple(helps),
            cycles=tuple(cycles),
            time=time,
            others=len(self._states.keys() - shown),
        )

    def _blocked(self) -> set[int]:
        return {who for who, one in self._states.items() if one.state == BLOCKED}

    def _waits(self, who: int) -> list[Wait]:
        one = self._states[who]
        if one.state != BLOCKED or one.thing is None:
            return []
        if "<-" in one.thing:
            return [Wait(who, thing, reason) for reason, thing in cases(one.thing)]
        return [Wait(who, one.thing, one.reason)]

    def _helpers(self, thing: str, reasons: set[str], waiting: set[int]) -> list[tuple[int, bool]]:
        """Who could help those who wait there, and whether by giving up what they hold.

        Who waits on a channel itself can't do the opposite on it.
        """
        if reasons & set(LOCKS):
            holders = [who for who in self._holders[thing] if who in self._states]
            if not holders and "sync.RWMutex.RLock" in reasons:  # a writer who waits comes first
                holders = self._waiting_writers(thing)
            return [(who, True) for who in dict.fromkeys(holders)]
        if thing.startswith(("timer ", "ticker ")):
            return [(CLOCK, False)]
        found = {who for reason in reasons for who in helpers(reason, thing, self._users)}
        if "sync.WaitGroup.Wait" in reasons:
            found |= self._counters[thing]
        alive = (who for who in sorted(found) if who in self._states or who == CLOCK)
        return [(who, False) for who in alive if who not in waiting]

    def _waiting_writers(self, thing: str) -> list[int]:
        return [
            who
            for who, one in self._states.items()
            if one.reason == "sync.RWMutex.Lock" and one.thing == thing
        ]

    def _party(self, who: int) -> Party:
        if who == CLOCK:
            return Party(CLOCK, self._names(CLOCK), RUNNING, "", 0)
        one = self._states[who]
        return Party(who, self._names(who), one.state, one.reason, one.since)

    def _thing(self, name: str, reasons: set[str], helps: list[Help]) -> Thing:
        kind = self._types.get(name, "")
        return Thing(name, kind, self._words(name, kind, reasons, bool(helps)))

    def _words(self, name: str, kind: str, reasons: set[str], is_helped: bool) -> str:
        if any(reason.endswith(NIL) for reason in reasons) or kind == "Nil":
            return "nobody ever can"
        cap = self._caps.get(name)
        if not is_helped:
            return "; ".join(
                NOBODY.get(reason, "nobody else could help") for reason in sorted(reasons)
            )
        if cap is not None and kind == "Chan":
            return f"{self._counts[name]} of {cap} in it" if cap else "unbuffered"
        return f"count {self._counts[name]}" if kind == "WaitGroup" else kind


NOBODY = {
    "chan send": "nobody else receives",
    "chan receive": "nobody else sends",
    "sync.WaitGroup.Wait": "nobody else counts down",
    "sync.Cond.Wait": "nobody else signals",
}


def _by_thing(waits: Iterable[Wait]) -> dict[str, set[str]]:
    reasons: dict[str, set[str]] = defaultdict(set)
    for wait in waits:
        reasons[wait.thing].add(wait.reason)
    return reasons


def _cycles(waits: Sequence[Wait], helps: Sequence[Help], blocked: set[int]) -> list[Cycle]:
    """A shortest cycle of each group of goroutines that wait for each other, deadlocks first."""
    edges: dict[Node, list[Node]] = defaultdict(list)
    for wait in waits:
        edges[wait.goroutine].append(wait.thing)
    for one in helps:
        edges[one.thing].append(one.goroutine)
    cycles = []
    for group in groups(edges):
        way = ring(min(one for one in group if isinstance(one, int)), edges)
        cycles.append(
            Cycle(
                tuple(one for one in way if isinstance(one, int)),
                tuple(one for one in way if isinstance(one, str)),
                all(one in blocked for one in reached(way[0], edges) if isinstance(one, int)),
            )
        )
    return sorted(cycles, key=lambda cycle: not cycle.is_deadlock)
