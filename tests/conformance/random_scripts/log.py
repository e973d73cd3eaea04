"""What a script did, in one form for both sides: a text that can be stored and compared.

    1: 1000 -; 13000 5 true; 21000 panic: close of closed channel
    f0: 5400 -
    end: deadlock at 21000 us, chan receive, select

For each actor the times of its operations, in the script's units, and their results. Then how the
program ended, and for a deadlock what its goroutines were waiting for.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

MICROSECOND = 1_000


class Entry(NamedTuple):
    """An operation that has come to its end."""

    actor: str
    number: int  # among the actor's
    time: int  # units
    result: str


class End(NamedTuple):
    """How the program ended; Go tells the time of it to the microsecond."""

    outcome: str  # ok, deadlock, panic, fatal
    time: int = 0  # nanoseconds
    words: str = ""  # of a panic or fatal error
    waiting: tuple[str, ...] = ()  # the goroutines' states

    def __str__(self) -> str:
        if self.outcome == "ok":
            return "ok"
        details = sorted(self.waiting) if self.outcome == "deadlock" else [self.words]
        return f"{self.outcome} at {self.time // MICROSECOND} us, {', '.join(details)}"


def log_text(script: str, entries: Iterable[Entry], end: End) -> str:
    """The whole text."""
    if end.outcome in ("panic", "fatal"):
        entries = before(end.time // MICROSECOND, entries, unit_of(script))
    # The function of a timer that was reset may run several times at once.
    ordered = sorted(entries, key=lambda entry: (entry.actor, entry.time, entry[1:]))
    lines = []
    for actor, own in groupby(ordered, lambda entry: entry.actor):
        lines.append(f"{actor}: " + "; ".join(f"{entry.time} {entry.result}" for entry in own))
    return "\n".join([*lines, f"end: {end}", ""])


def before(crash: int, entries: Iterable[Entry], unit: int) -> list[Entry]:
    """The entries before that microsecond.

    A goroutine that is woken and crashes keeps another one, woken with it, from saying anything if
    it runs first, and who does is not promised.
    """
    return [entry for entry in entries if entry.time * unit // MICROSECOND < crash]


def unit_of(script: str) -> int:
    """In nanoseconds."""
    return int(script.partition("\n")[0].removeprefix("unit "))
