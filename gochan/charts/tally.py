"""How often each of several things came, and whether that looks like a fair lot."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from .figure import axes_or_new, describe
from .frame import frame, key, note
from .rows import new_words, row_height, write
from .signs import inks

MOST_ROWS = 14
BAR, HALF = 0.66, 0.16  # in its row, from the top: the middle of the bar, and half its height
DEVIATIONS = 2  # 19 of 20 fair lots come that close


class Row(NamedTuple):
    """One thing, from top to bottom: its name, how often it came, and which share that is."""

    name: str
    times: int
    share: float


class Tally(NamedTuple):
    """The geometry: the rows, how many draws, the fair share and the range round it."""

    rows: tuple[Row, ...]
    total: int
    fair: float
    low: float
    high: float


def tally(counts: Mapping[str, int], ax: Axes | None = None) -> Axes:
    """Draws how often each thing came, beside what a fair lot would give.

    A dashed line is the fair share, the same for all; in 19 of 20 fair lots a share lies in the
    band round it, which gets narrower with more draws: two standard deviations of a binomial.

    Parameters
    ----------
    counts
        How often each came, by name: `{"north": 508, "south": 492}`, a Counter for example. What
        could have come and didn't has a 0.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for other things, ValueError for nothing counted and for negative numbers.
    """
    geometry = counted(counts)
    shown = geometry.rows[:MOST_ROWS]
    ax = axes_or_new(ax, 0.95 + row_height(len(shown)) * len(shown))
    _finish(ax, geometry, len(shown))
    for number, row in enumerate(shown):
        ax.broken_barh(
            [(0, row.share)],
            (number + BAR - HALF, 2 * HALF),
            facecolor=inks(ax).color(0),
            zorder=3,
        )
        write(ax, new_words(ax, number), row.name, f"{row.times:,} · {row.share:.1%}")
    describe(ax, description(geometry))
    return ax


def counted(counts: object) -> Tally:
    """Where everything goes."""
    if not isinstance(counts, Mapping):
        raise TypeError(f"tally draws counts by name, {{'north': 508}}, not {counts!r}")
    for name, count in counts.items():
        if not isinstance(count, int) or isinstance(count, bool):
            raise TypeError(f"tally draws whole numbers: {name!r} came {count!r} times")
        if count < 0:
            raise ValueError(f"tally: {name!r} can't have come {count} times")
    total = sum(counts.values())
    if not total:
        raise ValueError("tally: nothing was counted")
    fair = 1 / len(counts)
    spread = DEVIATIONS * sqrt(fair * (1 - fair) / total)
    rows = (Row(str(name), count, count / total) for name, count in counts.items())
    return Tally(tuple(rows), total, fair, max(0.0, fair - spread), min(1.0, fair + spread))


def description(geometry: Tally) -> str:
    """The alt text."""
    told = [f"{row.name} {row.times:,} ({row.share:.1%})" for row in geometry.rows]
    return (
        f"Tally of {geometry.total:,} draw{'s' if geometry.total != 1 else ''}: "
        f"{', '.join(told[:MOST_ROWS])}. A fair share is {geometry.fair:.1%}; "
        f"19 of 20 fair lots lie between {geometry.low:.1%} and {geometry.high:.1%}."
    )


def _finish(ax: Axes, geometry: Tally, rows: int) -> None:
    ink = inks(ax)
    frame(ax)
    largest = max(row.share for row in geometry.rows)
    ax.set_xlim(0, min(1.0, max(2 * geometry.fair, geometry.high, 1.1 * largest)))
    ax.set_ylim(rows + 0.02, 0)
    ax.set_yticks([])
    ax.axvspan(geometry.low, geometry.high, color=ink.line, alpha=0.3, linewidth=0, zorder=1)
    ax.axvline(geometry.fair, color=ink.text, linewidth=1.2, linestyle="--", zorder=4)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    draws = f"{geometry.total:,} draw{'s' if geometry.total != 1 else ''}"
    ax.set_xlabel(f"share of {draws}", color=ink.text)
    fair = Line2D([], [], color=ink.text, linestyle="--", label="fair share")
    band = Patch(facecolor=ink.line, alpha=0.3, label="19 of 20 fair lots lie here")
    key(ax, [fair, band])
    folded = len(geometry.rows) - rows
    note(ax, f"and {folded:,} more" if folded else "")
