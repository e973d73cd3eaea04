"""Who is still blocked, where, on what, and why nobody wakes it: for deadlocks and leaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from ..analysis.waiting_for import LOCKS, NOBODY, waiting_for
from ..runtime.event import LOCK, RLOCK
from ..runtime.goroutine import GoroutineInfo
from ..runtime.source import NOWHERE, Where
from ..trace.trace import CLOCK, Trace
from .places import Places

MOST_GROUPS = 4

DOES = {
    "chan send": "still blocked sending on {}",
    "chan receive": "still blocked receiving from {}",
    "select": "still blocked in a select on {}",
    "chan send (nil chan)": "blocked for ever: a send on a nil channel",
    "chan receive (nil chan)": "blocked for ever: a receive from a nil channel",
    "select (no cases)": "blocked for ever: a select without a case",
    "sync.Mutex.Lock": "still waiting to lock {}",
    "sync.RWMutex.Lock": "still waiting to lock {}",
    "sync.RWMutex.RLock": "still waiting to read-lock {}",
    "sync.WaitGroup.Wait": "still waiting for {} to come down to zero",
    "sync.Cond.Wait": "still waiting for a signal on {}",
}

ALL_NIL = "blocked for ever: all the channels in its select are nil"
HELPS = {
    "chan send": "would receive",
    "chan receive": "would send",
    "select": "could serve it",
    "sync.Mutex.Lock": "should unlock it",
    "sync.RWMutex.Lock": "should unlock it",
    "sync.RWMutex.RLock": "should unlock it",
    "sync.WaitGroup.Wait": "should count down",
    "sync.Cond.Wait": "would signal",
}
NO_SENDER = NOBODY["chan receive"]

Group = tuple[str, str, Where, Where]  # name, reason, where it stands, where it was started


def stuck_told(
    infos: Sequence[GoroutineInfo], trace: Trace, places: Places, *, births: bool
) -> list[str]:
    """For each group of goroutines that are stuck alike: a sentence, and the line in the program.

    Parameters
    ----------
    births
        Whether to say where they were started.
    """
    waits = Waits(trace)
    groups: dict[Group, list[GoroutineInfo]] = defaultdict(list)
    for info in infos:
        birth = info.created_at if births else NOWHERE
        groups[info.name, info.state, places.best(info.stack), birth].append(info)
    lines = []
    for (_, _, where, birth), members in list(groups.items())[:MOST_GROUPS]:
        text = f"{named(members)} {waits.does(members)}, {places.name(where)}"
        why = waits.why(members[0])
        if why == NO_SENDER and "recv" not in places.text(where):  # `for v in out`, `list(out)`
            why += ", and nobody closes it"
        lines.append(f"{text}: {why}" if why else text)
        lines += places.quoted(where)
        if birth.line:
            it = "It was" if len(members) == 1 else "They were"
            lines += [f"{it} started on {places.name(birth)}", *places.quoted(birth)]
    left = len(groups) - MOST_GROUPS
    if left > 0:
        lines.append(f"... and {left:,} more")
    return lines


class Known(Protocol):
    """What is needed of a goroutine to name it."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """Its name."""


def named(members: Sequence[Known]) -> str:
    """`goroutine 4 (close)`, `goroutines 2 and 3 (feed) and goroutine 4 (close)`."""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in members:
        groups[one.name].append(str(one.id))
    return _all(
        [
            f"goroutine {numbers[0]} ({name})"
            if len(numbers) == 1
            else f"{len(numbers):,} goroutines ({name})"
            if len(numbers) > MOST_GROUPS
            else f"goroutines {_all(numbers)} ({name})"
            for name, numbers in groups.items()
        ]
    )


def _all(parts: Sequence[str], word: str = "and") -> str:
    *others, last = parts
    return f"{', '.join(others)} {word} {last}" if others else last


class Waits:
    """What those who are stuck wait for, at the end of a run."""

    def __init__(self, trace: Trace) -> None:
        self._graph = waiting_for(trace)
        self._trace = trace
        self._facts = {facts.id: facts for facts in trace.goroutines}

    def does(self, members: Sequence[GoroutineInfo]) -> str:
        """`is still blocked sending on `results``."""
        info = members[0]
        things = self._things(info)
        names = [f"`{name}`" for name in things or [info.waiting_on or "?"]]
        what = DOES.get(info.state, f"blocked [{info.state}]").format(_all(names, "or"))
        if things == ["nil"]:
            what = ALL_NIL
        return f"{'is' if len(members) == 1 else 'are'} {what}"

    def why(self, info: GoroutineInfo) -> str:
        """Why nobody wakes it: nobody could, or who could is stuck himself."""
        things = self._things(info)
        if info.state not in HELPS or things == ["nil"]:
            return ""
        helpers = {one.goroutine: one for one in self._graph.helps if one.thing in things}
        if CLOCK in helpers:  # it is a timer, and none is set
            return "nothing comes out of it any more"
        if not helpers:
            return self._not_released(info) or self._nobody(things)
        if info.id in helpers:
            return "it holds the lock itself"
        others = named([self._facts[number] for number in helpers])
        verb = "is" if len(helpers) == 1 else "are"
        return f"{others} {HELPS[info.state]}, but {verb} blocked, too"

    def _things(self, info: GoroutineInfo) -> list[str]:
        waits = [wait.thing for wait in self._graph.waits if wait.goroutine == info.id]
        return list(dict.fromkeys(waits))

    def _nobody(self, things: Sequence[str]) -> str:
        words = [one.words for one in self._graph.things if one.name in things]
        return " and ".join(dict.fromkeys(words))

    def _not_released(self, info: GoroutineInfo) -> str:
        """Who locked it last, and has ended without unlocking it."""
        locks = [
            event
            for event in self._trace.events
            if event.object == info.waiting_on and event.kind in (LOCK, RLOCK)
        ]
        if not locks or info.state not in LOCKS:
            return ""
        holder = self._facts[locks[-1].goroutine]
        return f"{named([holder])} locked it, and ended without unlocking it"
