"""How long values travel through a pool or a pipeline: each of them, and the slowest few."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..analysis.journeys import way
from ..trace.trace import Trace
from .contest import quantile, times_of
from .figure import axes_or_new, describe
from .frame import frame, key, note, say
from .rows import DOTS, dot_size, dots, new_words, row_height, write
from .signs import inks
from .style import MOST_LANES
from .time_axis import TimeScale, fit_times, time_scale, time_text

SHARES = {50: "-", 95: "--", 99: ":"}  # percent, and the line that marks it
MOST_DOTS = 1_000  # in a row; of more, so many evenly by rank, with the fastest and the slowest
REACH = 0.3  # rows: how far the marks go up and down


class Travel(NamedTuple):
    """One row: seconds, sorted; three percentiles; how many values have not arrived."""

    name: str
    seconds: tuple[float, ...]
    percentiles: tuple[float, ...]
    missing: int

    @property
    def told(self) -> str:
        """`50 %: 12.0 ms · 95 %: 30.1 ms · 99 %: 41.0 ms · 120 values`."""
        parts = [
            f"{share} %: {time_text(seconds)}"
            for share, seconds in zip(SHARES, self.percentiles, strict=False)
        ]
        count = len(self.seconds)
        parts.append(f"{count:,} value{'s' if count != 1 else ''}")
        if self.missing:
            parts.append(f"{self.missing:,} not arrived")
        return " · ".join(parts)


class Travels(NamedTuple):
    """The geometry: rows, the axis, and how many have no row of their own."""

    rows: tuple[Travel, ...]
    scale: TimeScale
    folded: int


def latency(
    travelled: Any,
    source: str | None = None,
    sink: str | None = None,
    ax: Axes | None = None,
    what: str = "latency",
) -> Axes:
    """Draws how long each value travelled, and within which time 50, 95 and 99 % of them arrived.

    Parameters
    ----------
    travelled
        A recorded run; or measured seconds, as a list; or several of these by name, to compare
        them: `{"1 worker": trace, "4 workers": other_trace}`.
    source, sink
        Of a trace, the channels where values come in and where they leave: from the send on the one
        to the send on the other that it leads to. If they are the same, to the receive. By default
        the first and the last channel of the pipeline.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.
    what
        What was measured, for the axis.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for other things, ValueError if there is nothing to draw and for times that are
    negative, NaN or infinite, KeyError for a channel that isn't in the trace.
    """
    geometry = travels(travelled, source, sink)
    ax = axes_or_new(ax, 1.05 + row_height(len(geometry.rows)) * len(geometry.rows))
    ax.set_xscale("log" if geometry.scale.is_log else "linear")
    ax.set_ylim(len(geometry.rows) + 0.05, 0)
    ax.set_yticks([])
    frame(ax)
    _draw(ax, geometry)
    values = [
        x / geometry.scale.size
        for row in geometry.rows
        for x in (*row.seconds[:1], *row.seconds[-1:])
    ]
    fit_times(ax, "x", values, geometry.scale)
    ax.set_xlabel(geometry.scale.label(what), color=inks(ax).text)
    for number, row in enumerate(geometry.rows):
        write(ax, new_words(ax, number), row.name, row.told)
    if not values:
        say(ax, "no value arrived")
    note(ax, f"and {geometry.folded:,} more" if geometry.folded else "")
    describe(ax, description(geometry, what))
    return ax


def travels(travelled: Any, source: str | None = None, sink: str | None = None) -> Travels:
    """Computes everything that is drawn."""
    given = travelled if isinstance(travelled, Mapping) else {None: travelled}
    if not given:
        raise ValueError("latency needs a trace or a list of seconds")
    shown = list(given.items())[:MOST_LANES]
    rows = [_travel(name, one, source, sink) for name, one in shown]
    ends = [x for row in rows for x in (*row.seconds[:1], *row.seconds[-1:])]
    typical = min((row.percentiles[0] for row in rows if row.percentiles), default=1.0)
    scale = time_scale(min(ends, default=1.0), max(ends, default=1.0), typical)
    return Travels(tuple(rows), scale, len(given) - len(shown))


def _travel(name: Any, given: Any, source: str | None, sink: str | None) -> Travel:
    missing = 0
    if isinstance(given, Trace):
        found = way(given, source, sink)
        arrived = [one for one in found.journeys if one.end is not None]
        missing = len(found.journeys) - len(arrived)
        seconds = tuple(sorted(((one.end or 0) - one.start) / 1e9 for one in arrived))
        text = found.source if found.source == found.sink else f"{found.source} to {found.sink}"
    else:
        if given is None or not hasattr(given, "__iter__"):
            raise TypeError(
                f"latency draws a Trace or a list of seconds, not {type(given).__name__}: "
                "use record(...).trace"
            )
        seconds = times_of("latency" if name is None else repr(name), given)
        if not seconds:
            raise ValueError("latency needs at least one measured time")
        text = "values"
    percentiles = tuple(quantile(seconds, share / 100) for share in SHARES) if seconds else ()
    return Travel(text if name is None else str(name), seconds, percentiles, missing)


def _draw(ax: Axes, geometry: Travels) -> None:
    ink, size = inks(ax), geometry.scale.size
    points = [
        point
        for number, row in enumerate(geometry.rows)
        for point in dots(number, [one / size for one in _thinned(row.seconds)])
    ]
    most = max(len(row.seconds) for row in geometry.rows)
    ax.plot(
        [x for x, _ in points],
        [y for _, y in points],
        linestyle="",
        marker="o",
        markersize=dot_size(most),
        color=ink.color(0),
        alpha=0.6,
        zorder=3,
    )
    handles = []
    for at, (share, style) in enumerate(SHARES.items()):
        xs, ys = [], []
        for number, row in enumerate(geometry.rows):
            if row.percentiles:
                xs += [row.percentiles[at] / size] * 2 + [math.nan]
                ys += [number + DOTS - REACH, number + DOTS + REACH, math.nan]
        look: dict[str, Any] = {"color": ink.text, "linewidth": 2, "linestyle": style}
        ax.plot(xs, ys, zorder=4, **look)
        handles.append(Line2D([], [], label=f"{share} % are faster", **look))
    key(ax, handles)


def _thinned(seconds: Sequence[float]) -> Sequence[float]:
    if len(seconds) <= MOST_DOTS:
        return seconds
    last = len(seconds) - 1
    return [seconds[number * last // (MOST_DOTS - 1)] for number in range(MOST_DOTS)]


def description(geometry: Travels, what: str) -> str:
    """The alt text."""
    rows = "; ".join(f"{row.name}: {row.told.replace(' · ', ', ')}" for row in geometry.rows)
    return f"Distribution of {what}, and within which time so many percent came. {rows}."
