"""Whether the quick searches of `explore` find just the outcomes that a slow one finds."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeAlias

from .program import Program
from .source import main_of

PLAIN, NAIVE = "plain", "naive"
REDUCED = ("sleep", "dpor")
MAX_RUNS = 6_000

Key: TypeAlias = tuple[str, str]  # kind and detail of an outcome


class Exploration(Protocol):
    """What is needed of the real one."""

    complete: bool
    runs: int
    outcomes: Counter[Key]


Explore: TypeAlias = Callable[..., Exploration]


@dataclass(frozen=True)
class Mismatch:
    """A program whose outcomes a search doesn't find, or finds without there being such ones.

    `against` is the search that knows better. `trouble` says what else is wrong: the search failed,
    or ran out of runs.
    """

    program: Program
    search: str
    missing: frozenset[Key] = frozenset()
    extra: frozenset[Key] = frozenset()
    trouble: str = ""
    against: str = PLAIN

    def __str__(self) -> str:
        lines = [f"{self.search} differs from {self.against}"]
        lines += [f"  it misses {kind}: {detail}" for kind, detail in sorted(self.missing)]
        lines += [f"  it alone has {kind}: {detail}" for kind, detail in sorted(self.extra)]
        return "\n".join([*lines, f"  {self.trouble}"] if self.trouble else lines)


@dataclass
class Comparison:
    """What came of one program: how many runs each search took, and what they disagree about.

    `skipped`: the slow search didn't come to an end. `counts_differ`: the reduced searches find
    the same outcomes in different numbers of runs, so one of them runs some schedules twice.
    """

    outcomes: Counter[Key] = field(default_factory=Counter)
    runs: dict[str, int] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    skipped: bool = False
    counts_differ: bool = False


def compare(
    program: Program,
    searches: Sequence[str] = REDUCED,
    max_runs: int = MAX_RUNS,
    races: bool = False,
    *,
    explore: Explore | None = None,
    against: str = PLAIN,
) -> Comparison:
    """Searches a program in each of these ways and in a slow one.

    Parameters
    ----------
    max_runs
        So many runs the slow search may take; a program that has more is skipped.
    races
        Whether data races count as outcomes: to look for them takes most of the time.
    explore
        What searches: `gochan.explore`, unless given.
    against
        The slow search: "plain", which lets go at once what nobody else can see, or "naive", which
        leaves out nothing.
    """
    searcher = partial(explore or explorer(), max_runs=max_runs, races=races)
    runner = _Searches(program, searcher, against)
    slow = runner.search(against)
    if slow is None:
        return runner.found
    runner.found.outcomes = slow.outcomes
    runner.found.skipped = not slow.complete
    if slow.complete:
        runner.compare_all(slow, searches)
    return runner.found


class _Searches:
    """The searches of one program, and what is found so far."""

    def __init__(self, program: Program, explore: Explore, against: str) -> None:
        self.program = program
        self.against = against
        self.found = Comparison()
        self._main = main_of(program)
        self._explore = explore

    def search(self, search: str) -> Exploration | None:
        """What it finds, None if it failed."""
        try:
            result = self._explore(self._main, search=search)
        except Exception as error:  # noqa: BLE001 - the other searches go on, and it is reported
            self.differs(search, trouble=f"it raised {type(error).__name__}: {error}")
            return None
        self.found.runs[search] = result.runs
        return result

    def differs(self, search: str, **how: Any) -> None:
        """Notes that a search is wrong."""
        self.found.mismatches.append(Mismatch(self.program, search, against=self.against, **how))

    def compare_all(self, slow: Exploration, searches: Sequence[str]) -> None:
        """Each of them with the slow one, and their numbers of runs with each other."""
        counts = []
        for search in searches:
            reduced = self.search(search)
            if reduced is not None:
                counts.append(reduced.outcomes)
                self.compare(slow, search, reduced)
        self.found.counts_differ = any(count != counts[0] for count in counts)

    def compare(self, slow: Exploration, search: str, reduced: Exploration) -> None:
        """One of them with the slow one."""
        missing = frozenset(slow.outcomes.keys() - reduced.outcomes.keys())
        extra = frozenset(reduced.outcomes.keys() - slow.outcomes.keys())
        trouble = ""
        if not reduced.complete:
            trouble = (
                f"it isn't complete after {reduced.runs:,} runs; "
                f"{self.against} is after {slow.runs:,}"
            )
        if missing or extra or trouble:
            self.differs(search, missing=missing, extra=extra, trouble=trouble)


def explorer() -> Explore:
    """`gochan.explore`, which imports more than this room may need."""
    explore: Explore = importlib.import_module("gochan").explore
    return explore


def differs(search: str, **options: Any) -> Callable[[Program], bool]:
    """Whether this search is wrong about a program, for `minimise`; the options of `compare`."""

    def is_wrong(program: Program) -> bool:
        mismatches = compare(program, (search,), **options).mismatches
        return any(one.search == search for one in mismatches)

    return is_wrong
