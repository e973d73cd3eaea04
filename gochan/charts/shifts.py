"""Who worked on which processor when, as plain data.

Always true: the stretches of one processor follow each other; what a goroutine does without a break
is one stretch, however many time slices it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..analysis.words import Names
from ..runtime.goroutine import RUNNABLE, RUNNING, WORKING
from ..trace.trace import Span, Trace
from .style import MOST_LANES

PROCESSOR = "processor "
WAITS = "a processor"  # for that a goroutine waits


class Shift(NamedTuple):
    """A goroutine at work on a processor, in nanoseconds of program time."""

    processor: int
    name: str
    start: int
    end: int


class Day(NamedTuple):
    """One run: its shifts, who waited for a processor, and how long each processor was busy.

    `names` are those who worked, in the order in which they were started. From each moment of
    `waiting` on so many goroutines wait for a processor. `folded` processors are not shown.
    """

    processors: int
    names: tuple[str, ...]
    shifts: tuple[Shift, ...]
    waiting: tuple[tuple[int, int], ...]
    busy: tuple[int, ...]
    end: int
    folded: int


def day(trace: Trace, most: int = MOST_LANES) -> Day:
    """Computes who worked where when; of very many processors only the first are shown."""
    names = Names(trace)
    working = sorted(
        (span for span in trace.spans() if _is_work(span)), key=lambda span: (span.start, span.end)
    )
    shifts: dict[int, list[Shift]] = {number: [] for number in range(trace.procs)}
    for span in working:
        number = int((span.object or "").removeprefix(PROCESSOR))
        mine = shifts.setdefault(number, [])
        name = names(span.goroutine)
        if mine and mine[-1].name == name and mine[-1].end == span.start:
            mine[-1] = mine[-1]._replace(end=span.end)
        else:
            mine.append(Shift(number, name, span.start, span.end))
    shown = dict(list(shifts.items())[:most])
    return Day(
        processors=len(shown),
        names=tuple(names(number) for number in sorted({one.goroutine for one in working})),
        shifts=tuple(shift for mine in shown.values() for shift in mine),
        waiting=_waiting([span for span in trace.spans() if _is_wait(span)]),
        busy=tuple(sum(one.end - one.start for one in mine) for mine in shown.values()),
        end=trace.end,
        folded=len(shifts) - len(shown),
    )


def _is_work(span: Span) -> bool:
    """Whether a processor is at work; in a real Go trace every span of running is work."""
    works = span.state in (WORKING, RUNNING) and (span.object or "").startswith(PROCESSOR)
    return works and span.end > span.start


def _is_wait(span: Span) -> bool:
    return span.state == RUNNABLE and span.object == WAITS and span.end > span.start


def _waiting(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    changes: dict[int, int] = {}
    for span in spans:
        changes[span.start] = changes.get(span.start, 0) + 1
        changes[span.end] = changes.get(span.end, 0) - 1
    levels, count = [], 0
    for time in sorted(changes):
        if changes[time]:
            count += changes[time]
            levels.append((time, count))
    return tuple(levels)
