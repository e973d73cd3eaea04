"""Compares the searches on many programs, in several processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from .compare import MAX_RUNS, PLAIN, REDUCED, Comparison, Mismatch, compare
from .generate import SIZE, SPOILT, generate
from .program import Program

AT_A_TIME = 20  # programs


@dataclass(frozen=True)
class Plan:
    """What is to be done with each seed."""

    size: int = SIZE
    spoilt: float = SPOILT
    searches: tuple[str, ...] = REDUCED
    max_runs: int = MAX_RUNS
    races: bool = False
    against: str = PLAIN

    def compared(self, seed: int) -> Comparison:
        """Of the program with this number."""
        return self.compare(generate(seed, self.size, self.spoilt), self.searches)

    def compare(self, program: Program, searches: tuple[str, ...]) -> Comparison:
        """What these searches make of a program."""
        return compare(program, searches, self.max_runs, self.races, against=self.against)


@dataclass
class Summary:
    """What came of many programs.

    `kinds` counts programs by the kinds of outcome that they have; `found` are mismatches, with the
    seeds of their programs.
    """

    programs: int = 0
    skipped: int = 0
    varied: int = 0  # programs with more than one outcome
    counts_differ: int = 0
    runs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    found: list[tuple[int, Mismatch]] = field(default_factory=list)

    def note(self, seed: int, one: Comparison) -> None:
        """One more program. The runs of one that was skipped don't count."""
        self.programs += 1
        if one.skipped:
            self.skipped += 1
            return
        self.varied += len(one.outcomes) > 1
        self.counts_differ += one.counts_differ
        self.runs.update(one.runs)
        self.kinds.update({kind for kind, _ in one.outcomes})
        self.found += [(seed, mismatch) for mismatch in one.mismatches]

    def add(self, other: Summary) -> None:
        """What came of other programs."""
        self.programs += other.programs
        self.skipped += other.skipped
        self.varied += other.varied
        self.counts_differ += other.counts_differ
        self.runs += other.runs
        self.kinds += other.kinds
        self.found += other.found

    def text(self) -> str:
        """All of it, in a few lines."""
        compared = self.programs - self.skipped
        return "\n".join(
            [
                f"{self.programs:,} programs, {self.skipped:,} skipped",
                f"outcomes: {_counted(self.kinds)}; more than one: {self.varied:,} of {compared:,}",
                f"runs: {_counted(self.runs)}",
                f"reduced searches that count otherwise: {self.counts_differ:,}",
                f"mismatches: {len(self.found):,}",
            ]
        )


def _counted(counter: Counter[str]) -> str:
    most_first = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in most_first) or "none"


def survey(plan: Plan, seeds: Sequence[int]) -> Summary:
    """Compares the programs with these numbers."""
    summary = Summary()
    for seed in seeds:
        summary.note(seed, plan.compared(seed))
    return summary


def campaign(plan: Plan, seeds: range, jobs: int = 1) -> Iterator[Summary]:
    """The same in so many processes; tells again and again what has come of all so far."""
    parts = [seeds[i : i + AT_A_TIME] for i in range(0, len(seeds), AT_A_TIME)]
    total = Summary()
    if jobs == 1:
        for part in parts:
            total.add(survey(plan, part))
            yield total
        return
    with ProcessPoolExecutor(jobs) as pool:
        try:
            for summary in pool.map(partial(survey, plan), parts):
                total.add(summary)
                yield total
        finally:
            pool.shutdown(cancel_futures=True)
