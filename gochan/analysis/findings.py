"""What an exploration found, in words: one sentence that a student understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .explore.verdict import BUDGET, DEADLOCK, FATAL, LEAK, OK, PANIC, RACE, WRONG

Outcome = tuple[str, str]  # kind and detail

# The worst first: how a run ends says more than what else was seen in it.
BAD_KINDS = (DEADLOCK, PANIC, FATAL, WRONG, BUDGET, LEAK, RACE)
SEEN_BESIDES = (LEAK, RACE)  # a run that shows them is counted under its end as well

# What one schedule does, and what several do.
DEEDS = {
    DEADLOCK: ("ends in a deadlock", "end in a deadlock"),
    PANIC: ("panics", "panic"),
    FATAL: ("ends in a fatal error", "end in a fatal error"),
    WRONG: ("gives a wrong result", "give a wrong result"),
    BUDGET: ("does not end within its budget", "do not end within their budget"),
    LEAK: ("leaks goroutines", "leak goroutines"),
    RACE: ("has a data race", "have a data race"),
}


class Walk(Protocol):
    """What is needed of a Path: who went at each choice, and what it came to."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who went."""

    @property
    def outcomes(self) -> Sequence[Outcome]:
        """How it ended, and what else was seen in it."""


class Failed(Protocol):
    """What is needed of a Failure."""

    @property
    def kind(self) -> str:
        """One of BAD_KINDS."""

    @property
    def detail(self) -> str:
        """The value or the message."""

    @property
    def schedule(self) -> Any:
        """Prints as what replays it."""

    @property
    def switches(self) -> int:
        """How often another goroutine went on."""


class Findings(Protocol):
    """What is needed of an Exploration."""

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How often each came."""

    @property
    def failures(self) -> Sequence[Failed]:
        """Those that are bad."""

    @property
    def complete(self) -> bool:
        """Whether these are all schedules."""

    @property
    def paths(self) -> Sequence[Walk]:
        """The runs, or the first of them."""


def is_bad(kind: str) -> bool:
    """Whether a kind is a failure."""
    return kind != OK


def rank(kind: str) -> int:
    """Where a kind stands: ok, then the bad ones from the worst on."""
    return BAD_KINDS.index(kind) + 1 if kind in BAD_KINDS else 0


def ranked(failures: Sequence[Failed]) -> list[int]:
    """The failures' indices: the worst kind first, of one kind what switches least."""
    return sorted(
        range(len(failures)), key=lambda at: (rank(failures[at].kind), failures[at].switches)
    )


def schedules(findings: Findings) -> int:
    """How many schedules were run to their end; runs that were given up halfway don't count."""
    return sum(count for (kind, _), count in findings.outcomes.items() if kind not in SEEN_BESIDES)


def how_many(findings: Findings, kind: str) -> tuple[int, bool]:
    """In how many schedules a kind was seen, and whether that is exact.

    A run may show several races. If not all runs are at hand, it is known of the most frequent
    race only, and there may be more.
    """
    counts = [count for (its_kind, _), count in findings.outcomes.items() if its_kind == kind]
    if kind not in SEEN_BESIDES or len(counts) == 1:
        return sum(counts), True
    if len(findings.paths) == schedules(findings):
        return sum(kind in dict(path.outcomes) for path in findings.paths), True
    return max(counts), False


def verdict(findings: Findings) -> str:
    """One sentence: is it right under every schedule, and if not, how often does what happen."""
    total = schedules(findings)
    kinds = sorted({failure.kind for failure in findings.failures}, key=rank)
    if not total:
        return "not exhaustive: no run came to its end"
    if not kinds:
        return _all_well(findings, total)
    noun = "schedule" if findings.complete else "run"
    parts = [
        _how_often(findings, kind, total, noun if not at else "") for at, kind in enumerate(kinds)
    ]
    return f"{'' if findings.complete else 'not exhaustive: '}{', '.join(parts)}"


def _all_well(findings: Findings, total: int) -> str:
    runs = f"{total:,} run{'s' if total != 1 else ''}"
    if not findings.complete:
        return f"not exhaustive: {runs}, none failed"
    values = len(findings.outcomes)
    covered = f"{runs} cover{'s' if total == 1 else ''} all of them"
    if values == 1:
        return f"every schedule is right: {covered}"
    return f"no schedule fails, but main returns {values:,} different values: {covered}"


def _how_often(findings: Findings, kind: str, total: int, noun: str) -> str:
    """`2 of 36 schedules end in a deadlock`, or for one that comes after it `all 36 panic`."""
    one, several = DEEDS[kind]
    count, is_exact = how_many(findings, kind)
    more_than_one = noun and f" {noun}{'s' if total != 1 else ''}"
    if count < total:
        known = f"{count:,}" if is_exact else f"at least {count:,}"
        of_all = f" of {total:,}{more_than_one}" if noun else ""
        return f"{known}{of_all} {one if count == 1 else several}"
    if total == 1:
        return f"the only {noun} {one}" if noun else one
    return f"all {total:,}{more_than_one} {several}"
