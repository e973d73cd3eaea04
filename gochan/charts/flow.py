"""What flows through a pool or a pipeline, as plain data: how many are inside, how many leave.

Always true: over the whole stretch the mean number inside is the rate of arrivals times the mean
time inside, because both are the same area (Little's law); whoever is still inside at the end
counts with the time until then.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..analysis.journeys import Journey, Level, busy, inside, mean, way
from ..trace.trace import Trace

MOST_BINS, LEAST_BINS = 40, 8
SECOND = 1_000_000_000


class Flow(NamedTuple):
    """The geometry, in nanoseconds from `start` to `end`.

    `bins` are the numbers of values that left in each of so many equal stretches. From when on how
    many of the values `inside` wait in the `queue`, which is the source's buffer, and how many of
    `workers` are `busy`, is empty if that isn't known.
    """

    name: str
    start: int
    end: int
    arrived: int
    left: int
    bins: tuple[int, ...]
    inside: tuple[Level, ...]
    queue: tuple[Level, ...]
    busy: tuple[Level, ...]
    workers: int
    time_inside: float

    @property
    def rate(self) -> float:
        """Values that came in, in a second: Little's lambda."""
        return self.arrived / max(1, self.end - self.start) * SECOND

    @property
    def mean_inside(self) -> float:
        """Little's L."""
        return mean(self.inside, self.start, self.end)

    @property
    def utilisation(self) -> float:
        """The share of the workers that is busy, on an average."""
        return mean(self.busy, self.start, self.end) / self.workers if self.workers else 0.0


def flow_of(flowed: Any, source: str | None, sink: str | None) -> Flow:
    """Computes what is drawn, of a trace or of measured pairs of seconds."""
    if isinstance(flowed, Trace):
        found = way(flowed, source, sink)
        name = found.source if found.source == found.sink else f"{found.source} to {found.sink}"
        levels, workers = busy(flowed, found.source)
        flow = _flow(name, found.journeys, flowed.end)
        return flow._replace(queue=_queue(flowed, found.source), busy=levels, workers=workers)
    journeys = _journeys(flowed)
    end = max((one.start if one.end is None else one.end) for one in journeys)
    return _flow("values", journeys, end)


def _queue(trace: Trace, source: str) -> tuple[Level, ...]:
    """How full the buffer was; nothing for a channel without one."""
    if not next(facts.cap for facts in trace.channels if facts.name == source):
        return ()
    last_at = {level.time: level.count for level in trace.occupancy(source)}
    return tuple(Level(time, count) for time, count in last_at.items())


def _flow(name: str, journeys: Sequence[Journey], end: int) -> Flow:
    ends = [one.end for one in journeys if one.end is not None]
    times = [(one.end if one.end is not None else end) - one.start for one in journeys]
    return Flow(
        name=name,
        start=0,
        end=end,
        arrived=len(journeys),
        left=len(ends),
        bins=_binned(ends, end),
        inside=inside(journeys),
        queue=(),
        busy=(),
        workers=0,
        time_inside=sum(times) / len(times) / SECOND if times else 0.0,
    )


def _binned(ends: Sequence[int], end: int) -> tuple[int, ...]:
    """How many leave in each stretch; about four in one, so that the rate can be seen."""
    count = min(MOST_BINS, max(LEAST_BINS, len(ends) // 4))
    bins = [0] * count
    for one in ends:
        bins[min(count - 1, one * count // end) if end else 0] += 1
    return tuple(bins)


def _journeys(rows: Any) -> list[Journey]:
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Iterable):
        raise TypeError(
            "throughput draws a Trace or rows of when a value came in and when it left, "
            f"such as [(0.0, 0.3), (0.1, None)], not {type(rows).__name__}"
        )
    journeys = [_journey(row) for row in rows]
    if not journeys:
        raise ValueError("throughput needs at least one value")
    return sorted(journeys, key=lambda one: one.start)


def _journey(row: Any) -> Journey:
    try:
        start, end = row
        times = [start] if end is None else [start, end]
        good = all(math.isfinite(one) and one >= 0 for one in times) and times == sorted(times)
    except (TypeError, ValueError):
        raise TypeError(
            "a row of throughput is when a value came in and when it left (None: not yet), "
            f"not {row!r}"
        ) from None
    if not good:
        raise ValueError(f"a value comes in at 0 s or later, and leaves after that, not {row!r}")
    return Journey("", round(start * SECOND), None if end is None else round(end * SECOND))
