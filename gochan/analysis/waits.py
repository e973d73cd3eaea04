"""Who could wake a waiting goroutine.

In a trace that is whoever does the opposite on the same channel or lock somewhere in the run. It is
a fact about this run: another run of the same program may show others.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..runtime import event as kinds
from ..trace.trace import Trace

# Who does what to which thing; goroutines by number, or by whatever tells them apart.
Users = dict[tuple[str, str], set[Any]]

# What a goroutine does to a thing, as seen by those who wait for it.
GIVES, TAKES, RELEASES, COUNTS_DOWN = "gives", "takes", "releases", "counts down"
STOPS_READING, SIGNALS = "stops reading", "signals"

HELPED_BY = {
    "chan receive": GIVES,
    "chan send": TAKES,
    "sync.Mutex.Lock": RELEASES,
    "sync.RWMutex.Lock": STOPS_READING,
    "sync.RWMutex.RLock": RELEASES,
    "sync.Cond.Wait": SIGNALS,
    "sync.WaitGroup.Wait": COUNTS_DOWN,
}

DOES = {
    kinds.SEND: GIVES,
    kinds.CLOSE: GIVES,
    kinds.RECV: TAKES,
    kinds.RECV_CLOSED: TAKES,
    kinds.LOCK: RELEASES,  # whoever locks it is to unlock it
    kinds.RLOCK: STOPS_READING,
    kinds.DO: RELEASES,
    kinds.SIGNAL: SIGNALS,
    kinds.BROADCAST: SIGNALS,
}


def cases(thing: str) -> list[tuple[str, str]]:
    """The cases of a select that waits on `thing`: wait reason and channel of each."""
    found = []
    for case in thing.split(", "):
        if case.startswith("<-"):
            found.append(("chan receive", case[2:]))
        elif case.endswith("<-"):
            found.append(("chan send", case[:-2]))
    return found


def wakers(trace: Trace) -> dict[tuple[str, str], tuple[int, ...]]:
    """For each wait reason and thing that somebody waits on: the goroutines that could help."""
    if not trace.knows_things:
        return _who_woke(trace)
    known = users(trace)
    return {
        (span.reason, span.object): helpers(span.reason, span.object, known)
        for span in trace.spans()
        if span.object is not None
    }


def _who_woke(trace: Trace) -> dict[tuple[str, str], tuple[int, ...]]:
    """The same for a trace of real Go, which doesn't tell who uses what: those who did wake."""
    stands: dict[str, tuple[str, str]] = {}
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for event in trace.events:
        if event.kind == kinds.BLOCK and event.object is not None:
            stands[f"g{event.goroutine}"] = event.value or "", event.object
        elif event.kind == kinds.READY and event.object in stands:
            found[stands.pop(event.object)].add(event.goroutine)
    return {wait: tuple(sorted(who)) for wait, who in found.items()}


def helpers(reason: str, thing: str, known: Users) -> tuple[Any, ...]:
    """Those of the `known` users of things who could help one that waits in `reason` on `thing`."""
    pairs = cases(thing) if reason == "select" or "<-" in thing else [(reason, thing)]
    found: set[Any] = set()
    for one_reason, one_thing in pairs:
        found |= known.get((HELPED_BY.get(one_reason, ""), one_thing), set())
    return tuple(sorted(found))


def users(trace: Trace) -> Users:
    """Who does what to which thing, or at least tried to."""
    found: Users = defaultdict(set)
    for event in trace.events:
        if event.object is None:
            continue
        does = DOES.get(event.kind)
        if event.kind == kinds.ADD and (event.value or "").startswith("-"):
            does = COUNTS_DOWN
        if does is not None:
            found[does, event.object].add(event.goroutine)
        elif event.kind == kinds.BLOCK:
            for reason, thing in _tried(event.value or "", event.object):
                found[TRIES.get(reason, ""), thing].add(event.goroutine)
    return found


TRIES = {
    "chan receive": TAKES,
    "chan send": GIVES,
    "sync.RWMutex.Lock": RELEASES,  # it waits for readers, and holds back new ones meanwhile
}


def _tried(reason: str, thing: str) -> list[tuple[str, str]]:
    return cases(thing) if "<-" in thing else [(reason, thing)]
