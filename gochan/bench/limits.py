"""Which figures must hold: ratios between contenders, which travel from machine to machine.

Every ratio is taken within each round, where both sides met the same machine, and the median of
the rounds counts.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from .contenders import GO, GOCHAN, PEERS, SEEDED, TRACE
from .runner import Figures
from .work import BY_KEY, GROWTH, TABLE, WORKS

AGAINST_GO = {"unbuffered": 3.5, "buffered": 4.0, "spawn": 2.0}
AGAINST_SWITCHES = {"unbuffered": 2.0, "buffered": 0.7}
AGAINST_PEERS = 1.0
EQUAL = {("buffered", "gevent"): 1.05}  # as good as equal
TRACED = 2.5
RANDOM = 2.0
GROWN = 1.3
# A timer's place in a heap is found in steps whose number grows with the logarithm.
GROWN_AS_LOGARITHM = {"set": math.log(100_000) / math.log(10)}


@dataclass(frozen=True)
class Verdict:
    """One limit: `what`, the ratio's median, least and most, and the most that it may be."""

    what: str
    ratio: float
    least: float
    most: float
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the median is within the limit."""
        return self.ratio <= self.limit


def verdicts(figures: Figures) -> list[Verdict]:
    """One for each limit whose figures were measured."""
    return [
        *_against(figures, GO.key, GO.label, AGAINST_GO),
        *_against_peers(figures),
        *_against_plain(figures, TRACE.key, "trace on / off", TRACED),
        *_against_plain(figures, SEEDED.key, "seeded / first come", RANDOM),
        *_growth(figures),
        *_against_switches(figures),
    ]


def _verdict(what: str, over: list[float], under: list[float], limit: float) -> Iterator[Verdict]:
    ratios = [one / other for one, other in zip(over, under, strict=False) if other > 0]
    if ratios:
        yield Verdict(what, statistics.median(ratios), min(ratios), max(ratios), limit)


def _against(
    figures: Figures, other: str, label: str, limits: dict[str, float]
) -> Iterator[Verdict]:
    for work, limit in limits.items():
        own = figures.of(work, GOCHAN.key)
        what = f"gochan / {label}: {BY_KEY[work].title}"
        yield from _verdict(what, own, figures.of(work, other), limit)


def _against_switches(figures: Figures) -> Iterator[Verdict]:
    for work, limit in AGAINST_SWITCHES.items():
        own, pair = figures.of(work, GOCHAN.key), figures.of("pair", GOCHAN.key)
        what = f"gochan / switch pair: {BY_KEY[work].title}"
        yield from _verdict(what, own, pair, limit)


def _against_peers(figures: Figures) -> Iterator[Verdict]:
    """In each row, against the peer that comes closest."""
    for work in WORKS:
        for name in work.measured if work.section == TABLE else ():
            own = figures.of(work.key, GOCHAN.key, name)
            found = [
                verdict
                for peer in PEERS
                for verdict in _verdict(
                    f"gochan / {peer.label}: {row_title(work.key, name)}",
                    own,
                    figures.of(work.key, peer.key, name),
                    EQUAL.get((work.key, peer.key), AGAINST_PEERS),
                )
            ]
            if found:
                yield max(found, key=lambda verdict: verdict.ratio / verdict.limit)


def _against_plain(figures: Figures, other: str, what: str, limit: float) -> Iterator[Verdict]:
    for work in WORKS:
        over, under = figures.of(work.key, other), figures.of(work.key, GOCHAN.key)
        yield from _verdict(f"{what}: {row_title(work.key, 'seconds')}", over, under, limit)


def _growth(figures: Figures) -> Iterator[Verdict]:
    for work in WORKS:
        if work.section == GROWTH:
            many = figures.of(work.key, GOCHAN.key, "many")
            few = figures.of(work.key, GOCHAN.key, "few")
            limit = GROWN_AS_LOGARITHM.get(work.key, GROWN)
            yield from _verdict(f"100,000 / 10: {work.title}", many, few, limit)


def row_title(work: str, name: str) -> str:
    """The work, and what of it is measured if that is more than one thing."""
    title = BY_KEY[work].title
    words = {"seconds": "time", "bytes": "memory"}
    return f"{title}, {words[name]}" if len(BY_KEY[work].measured) > 1 else title
