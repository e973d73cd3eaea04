"""Who could wake a waiting goroutine.

In a trace that is whoever does the opposite on the same channel or lock somewhere in the run. It is
a fact about this run: another run of the same program may show others.
"""

from __future__ import annotations

from collections import defaultdict

from ..runtime import event as kinds
from ..trace.trace import Trace

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
    users = users_of(trace)
    return {
        (span.reason, span.object): helpers_of(span.reason, span.object, users)
        for span in trace.spans()
        if span.object is not None
    }


def helpers_of(reason: str, thing: str, users: dict[tuple[str, str], set[int]]) -> tuple[int, ...]:
    """The goroutines that could help one that waits; `users` are those of `users_of`."""
    pairs = cases(thing) if reason == "select" or "<-" in thing else [(reason, thing)]
    found: set[int] = set()
    for one_reason, one_thing in pairs:
        found |= users[HELPED_BY.get(one_reason, ""), one_thing]
    return tuple(sorted(found))


def users_of(trace: Trace) -> dict[tuple[str, str], set[int]]:
    """Who does what to which thing, or at least tried to."""
    users: dict[tuple[str, str], set[int]] = defaultdict(set)
    for event in trace.events:
        if event.object is None:
            continue
        does = DOES.get(event.kind)
        if event.kind == kinds.ADD and (event.value or "").startswith("-"):
            does = COUNTS_DOWN
        if does is not None:
            users[does, event.object].add(event.goroutine)
        elif event.kind == kinds.BLOCK:
            for reason, thing in _tried(event.value or "", event.object):
                users[TRIES.get(reason, ""), thing].add(event.goroutine)
    return users


TRIES = {
    "chan receive": TAKES,
    "chan send": GIVES,
    "sync.RWMutex.Lock": RELEASES,  # it waits for readers, and holds back new ones meanwhile
}


def _tried(reason: str, thing: str) -> list[tuple[str, str]]:
    return cases(thing) if "<-" in thing else [(reason, thing)]
