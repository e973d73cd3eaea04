"""How many goroutines there are in which state, as plain data."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from ..runtime.goroutine import RUNNABLE, RUNNING, WORKING
from ..trace.trace import BLOCKED, SLEEPING, Trace
from .axis import Along

# From the bottom up: who is blocked for ever lifts all the others, and can't be overlooked.
ORDER = (BLOCKED, SLEEPING, RUNNABLE, WORKING, RUNNING)
MOST_POINTS = 1_500  # more can't be told apart


class Population(NamedTuple):
    """The geometry: from each of `places` on there are so many in each state of ORDER.

    `most` is the largest number at one moment, `left` how many were still there at the end.
    """

    places: tuple[float, ...]
    counts: tuple[tuple[int, ...], ...]
    most: int
    left: int


def population(trace: Trace, along: Along, most_points: int = MOST_POINTS) -> Population:
    """Counts goroutines by state at every place along the axis where that changes."""
    changes: dict[float, list[int]] = defaultdict(lambda: [0] * len(ORDER))
    changes[0.0] = [0] * len(ORDER)
    for span in trace.spans():
        start, end = along(span.start, span.first_step), along(span.end, span.last_step)
        if end > start:
            row = ORDER.index(span.state)
            changes[start][row] += 1
            if end < along.end:
                changes[end][row] -= 1
    places, counts = [], []
    now = [0] * len(ORDER)
    for place in sorted(changes):
        now = [count + change for count, change in zip(now, changes[place], strict=True)]
        places.append(place)
        counts.append(tuple(now))
    thinned = _thinned(places, counts, along.end, most_points)
    return Population(
        tuple(places[at] for at in thinned),
        tuple(counts[at] for at in thinned),
        max(map(sum, counts)),
        sum(facts.ended is None for facts in trace.goroutines),
    )


def _thinned(
    places: list[float], counts: list[tuple[int, ...]], end: float, most: int
) -> list[int]:
    """Of many moments that are drawn at one spot, the one with the most goroutines."""
    if len(places) <= most:
        return list(range(len(places)))
    best: dict[int, int] = {}
    for at, place in enumerate(places):
        spot = int(place / end * most)
        if spot not in best or sum(counts[at]) > sum(counts[best[spot]]):
            best[spot] = at
    return sorted({0, *best.values(), len(places) - 1})
