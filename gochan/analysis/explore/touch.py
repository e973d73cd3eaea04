"""How operations touch what goroutines share, and whether the order of two touches matters.

Two operations that touch nothing in common come to the same in either order, so one order of them
is enough.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

# How a place is touched. The same place in the same way counts as a conflict only for WRITE, SEND
# and RECV; in two different ways it always does, but for the pairs in EXCHANGEABLE.
READ, WRITE = "read", "write"
SEND, RECV = "send", "receive"  # without anybody who waits in between
LOCK, UNLOCK, RLOCK, RUNLOCK = "lock", "unlock", "rlock", "runlock"
ADD, DONE, WAIT = "add", "done", "wait"  # of a WaitGroup
DO, SKIP, END_DO = "do", "skip", "end of do"
START = "start"

LOOKING = {READ, SKIP, WAIT}  # changes nothing
AGAINST_ITSELF = {WRITE, SEND, RECV, LOCK, UNLOCK, DO, END_DO}
EXCHANGEABLE = {frozenset(pair) for pair in [(SEND, RECV), (RLOCK, RUNLOCK), (ADD, DONE)]}
# The second is impossible before the first: to try them the other way round is in vain.
FIRST_ENABLES_SECOND = {
    (UNLOCK, LOCK),
    (UNLOCK, RLOCK),
    (DONE, WAIT),
    (END_DO, SKIP),
}

EVERYTHING = "everything"  # the place that the end of the program touches
THE_END = "the end"
GOROUTINES = "goroutines"
OUTPUT = "output"


class Touch(NamedTuple):
    """One place, how it is touched, and the thing itself (so that no id is used twice)."""

    place: Any
    mode: str
    thing: Any = None


@cache
def depend(first: str, second: str) -> bool:
    """Whether two touches of one place come to something else in the other order."""
    if first == second:
        return first in AGAINST_ITSELF
    return frozenset((first, second)) not in EXCHANGEABLE


@cache
def could_swap(first: str, second: str) -> bool:
    """Whether two touches that depend on each other can come in the other order at all."""
    return (first, second) not in FIRST_ENABLES_SECOND and depend(first, second)
