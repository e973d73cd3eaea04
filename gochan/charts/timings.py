"""Measured times compared: every sample, the middle half of them, and how many times the fastest.

The axes remember what was drawn in them, so that a picture that is drawn anew several times a
second only moves its marks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

from .contest import (
    Contender,
    Contest,
    Curve,
    contest,
    ratio_text,
    time_text,
    time_unit,
)
from .figure import axes_or_new, describe
from .frame import NORMAL, SMALL, frame, note, say
from .placing import LETTER, inches, spread_out
from .signs import inks, shortened
from .style import SHAPES

LONGEST_NAME = 24  # characters, at the end of a line
ROW = 0.62  # inches
WORDS, DOTS, SPREAD = 0.22, 0.66, 0.22  # in its row, from the top: words, dots, how far these go
BOARD = "gochan timings"  # under this name axes remember what was drawn in them
LINES_HEIGHT = 3.8  # inches

_Point = tuple[float, float]


def timings(
    samples: Mapping[str, Any],
    ax: Axes | None = None,
    what: str = "time",
    parameter: str = "parameter",
) -> Axes:
    """Draws measured times: a dot for each sample, their median and the half of them around it.

    Parameters
    ----------
    samples
        Seconds by contender, in the order in which they are drawn:
        `{"mutex": [1.2e-7, 1.3e-7], "channel": [2.0e-7]}`; an empty list says "not measured yet".
        Or over a parameter, drawn as lines: `{"mutex": {1: [1.2e-7], 2: [1.9e-7, 2.1e-7]}, ...}`.
    ax
        The axes to draw in; new ones, on a figure of their own, if None. They are cleared first; if
        they show the same contenders already, only what changed is changed, which is fast.
    what
        What was measured, for the axis: "time per operation". Its unit is added.
    parameter
        What the lines go over, for the other axis: "goroutines".

    Returns the axes. Their figure's label is the alt text.

    The axis starts at zero, or is logarithmic if the longest sample takes 30 times the shortest.

    Raises TypeError for other forms, ValueError for no contender, and for times that are negative,
    NaN or infinite.
    """
    geometry = contest(samples)
    height = LINES_HEIGHT if geometry.curves else 0.75 + ROW * len(geometry.rows)
    ax = axes_or_new(ax, height)
    board = vars(ax).get(BOARD)
    if not (isinstance(board, _Board) and board.fits(geometry)):
        ax.clear()
        board = _Lines(ax, geometry) if geometry.curves else _Rows(ax, geometry)
        vars(ax)[BOARD] = board
    board.show(geometry, what, parameter)
    describe(ax, description(geometry, what, parameter))
    return ax


def description(geometry: Contest, what: str, parameter: str) -> str:
    """The alt text."""
    more = f" And {geometry.folded:,} more, not drawn." if geometry.folded else ""
    if geometry.rows:
        rows = "; ".join(f"{row.name}: {_words(row)}" for row in geometry.rows)
        return f"Comparison of the {what} of {_count(geometry.rows)}. {rows}.{more}"
    curves = "; ".join(_course(curve, parameter) for curve in geometry.curves)
    return f"The {what} of {_count(geometry.curves)} over {parameter}. {curves}.{more}"


def _count(contenders: Sequence[Any]) -> str:
    return f"{len(contenders)} contender{'s' if len(contenders) != 1 else ''}"


def _words(row: Contender) -> str:
    """`1.2 µs (1.1 to 1.4), 2.3x the fastest, 30 samples`."""
    one = row.summary
    if one is None:
        return "not measured yet"
    parts = [time_text(one.median), ratio_text(one.ratio), _samples(len(one.samples))]
    if len(one.samples) > 1:
        parts[0] += f" ({time_text(one.low)} to {time_text(one.high)})"
    return ", ".join(part for part in parts if part)


def _samples(count: int) -> str:
    return f"{count:,} sample{'s' if count != 1 else ''}"


def _course(curve: Curve, parameter: str) -> str:
    if not curve.points:
        return f"{curve.name}: not measured yet"
    (first, start), (last, end) = curve.points[0], curve.points[-1]
    text = f"{curve.name}: {time_text(start.median)} at {parameter} {first:,g}"
    return text if first == last else f"{text}, {time_text(end.median)} at {last:,g}"


class _Board:
    """Artists in axes, which are told where to stand whenever the samples change."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        self.ax = ax
        self.ink = inks(ax)
        self._form = _form(geometry)

    def fits(self, geometry: Contest) -> bool:
        """Whether what has to be drawn differs only in its figures, on the same paper."""
        return (
            self._form == _form(geometry)
            and self.ink == inks(self.ax)
            and self._marks().axes is self.ax  # else somebody has cleared them
        )

    def show(self, geometry: Contest, what: str, parameter: str) -> None:
        """Moves everything to its place."""
        raise NotImplementedError

    def _marks(self) -> Line2D:
        """One of the artists."""
        raise NotImplementedError


def _form(geometry: Contest) -> tuple[Any, ...]:
    names = tuple(one.name for one in geometry.rows or geometry.curves)
    xs = tuple(x for curve in geometry.curves for x, _ in curve.points)
    return (
        names,
        xs,
        bool(geometry.curves),
        geometry.is_log,
        geometry.parameter_is_log,
        geometry.folded,
    )


class _Rows(_Board):
    """A row for each contender: words, and dots below them."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        super().__init__(ax, geometry)
        text, rows = self.ink.text, range(len(geometry.rows))
        ax.set_xscale("log" if geometry.is_log else "linear")
        ax.set_ylim(max(1, len(rows)) + 0.05, 0)
        ax.set_yticks([])
        frame(ax)
        self.halves = _line(ax, color=text, linewidth=7, alpha=0.25, zorder=2)
        self.dots = _line(ax, "o", color=self.ink.color(0), alpha=0.7, zorder=3)
        self.medians = _line(
            ax, "|", color=text, markersize=20, markeredgewidth=2.5, zorder=4, clip_on=False
        )
        self.names = [self._text(row, 0, "left", "bold") for row in rows]
        self.words = [self._text(row, 1, "right", "normal") for row in rows]
        note(ax, f"and {geometry.folded:,} more contenders" if geometry.folded else "")

    def show(self, geometry: Contest, what: str, parameter: str) -> None:
        points = [point for row in enumerate(geometry.rows) for point in _dots(*row, geometry.size)]
        measured = [
            (place, row.summary)
            for place, row in enumerate(geometry.rows)
            if row.summary is not None
        ]
        most = max((len(one.samples) for _, one in measured), default=0)
        _move(self.dots, points)
        self.dots.set_markersize(6 if most <= 30 else 4.5 if most <= 200 else 3)
        _move(self.medians, [(one.median / geometry.size, row + DOTS) for row, one in measured])
        halves = [
            (x / geometry.size, row + DOTS)
            for row, one in measured
            for x in (one.low, one.high, math.nan)
        ]
        _move(self.halves, halves)
        self._write(geometry)
        _fit(self.ax, "x", [x for x, _ in points], geometry)
        self.ax.set_xlabel(_axis_label(what, geometry), color=self.ink.text)

    def _write(self, geometry: Contest) -> None:
        room = int(inches(self.ax)[0] / LETTER)
        for row, name, words in zip(geometry.rows, self.names, self.words, strict=True):
            told = _words(row)
            name.set_text(shortened(row.name, max(8, room - len(told) - 2)))
            words.set_text(shortened(told, max(8, room - len(name.get_text()) - 2)))

    def _text(self, row: int, x: float, align: Any, weight: str) -> Text:
        return self.ax.text(
            x,
            row + WORDS,
            "",
            transform=self.ax.get_yaxis_transform(),
            ha=align,
            va="center",
            fontsize=NORMAL,
            fontweight=weight,
            color=self.ink.text,
        )

    def _marks(self) -> Line2D:
        return self.dots


def _dots(row: int, contender: Contender, size: float) -> list[_Point]:
    """The samples, moved up and down by turns so that few cover each other."""
    if contender.summary is None:
        return []
    samples = contender.summary.samples
    spread = SPREAD * min(1.0, (len(samples) - 1) / 12)
    return [
        (sample / size, row + DOTS + spread * (2 * (number * 0.618034 % 1) - 1))
        for number, sample in enumerate(samples)
    ]


def _move(line: Line2D, points: Sequence[_Point]) -> None:
    line.set_data([x for x, _ in points], [y for _, y in points])


def _line(ax: Axes, marker: str = "", **look: Any) -> Line2D:
    """A line that has no points yet; with a marker only that is seen."""
    style = "" if marker else "-"
    return ax.plot([], [], linestyle=style, marker=marker, solid_capstyle="butt", **look)[0]


class _Lines(_Board):
    """A line for each contender through its medians, with its name at the end."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        super().__init__(ax, geometry)
        ax.set_yscale("log" if geometry.is_log else "linear")
        ax.set_xscale("log" if geometry.parameter_is_log else "linear")
        frame(ax, grid="y", lines=("bottom", "left"))
        colors = [self.ink.color(number) for number in range(len(geometry.curves))]
        self.halves = [_line(ax, color=one, linewidth=6, alpha=0.3, zorder=2) for one in colors]
        self.dots = [_line(ax, ".", color=one, markersize=4, alpha=0.5, zorder=3) for one in colors]
        self.lines = [self._curve(number) for number in range(len(colors))]
        self.leaders = [_line(ax, color=one, linewidth=0.7, zorder=2) for one in colors]
        self.names = [
            ax.text(0, 0, "", va="center", fontsize=SMALL, color=self.ink.text) for _ in colors
        ]
        for artist in (*self.leaders, *self.names):
            artist.set_transform(ax.transAxes)
        note(ax, f"and {geometry.folded:,} more contenders" if geometry.folded else "")
        if not any(curve.points for curve in geometry.curves):
            say(ax, "not measured yet")

    def _curve(self, number: int) -> Line2D:
        line = _line(self.ax, SHAPES[number % len(SHAPES)], color=self.ink.color(number), zorder=4)
        line.set(linestyle="-" if number < len(self.ink.series) else "--", linewidth=1.6)
        return line

    def show(self, geometry: Contest, what: str, parameter: str) -> None:
        size = geometry.size
        for number, curve in enumerate(geometry.curves):
            ends = [(x, y) for x, one in curve.points for y in (one.low, one.high, math.nan)]
            samples = [(x, y) for x, one in curve.points for y in one.samples]
            _move(self.lines[number], [(x, one.median / size) for x, one in curve.points])
            _move(self.dots[number], [(x, y / size) for x, y in samples])
            _move(self.halves[number], [(x, y / size) for x, y in ends])
        ys = [y / size for one in geometry.curves for _, at in one.points for y in at.samples]
        _fit(self.ax, "y", ys, geometry)
        self._name(geometry, self._fit_parameter(geometry))
        self.ax.set_xlabel(parameter, color=self.ink.text)
        self.ax.set_ylabel(_axis_label(what, geometry), color=self.ink.text)

    def _fit_parameter(self, geometry: Contest) -> float:
        """Limits and ticks of the other axis; the share of its width that the lines may take."""
        xs = sorted({x for curve in geometry.curves for x, _ in curve.points}) or [1.0]
        letters = max(len(_at_the_end(curve, xs[-1])) for curve in geometry.curves)
        share = max(0.4, 1 - (LETTER * letters + 0.45) / inches(self.ax)[0])
        scale = math.log if geometry.parameter_is_log else float
        back = math.exp if geometry.parameter_is_log else float
        first, last = scale(xs[0]), scale(xs[-1])
        width = (last - first) or 1.0
        left = first - width * 0.03
        right = left + width * 1.03 / share
        self.ax.set_xlim(back(left), back(right))
        ticks = xs if len(xs) <= 10 else list(MaxNLocator(8).tick_values(xs[0], xs[-1]))
        self.ax.set_xticks([x for x in ticks if xs[0] <= x <= xs[-1]], minor=False)
        self.ax.xaxis.set_minor_locator(NullLocator())
        self.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        self.ax.spines["bottom"].set_bounds(back(left), xs[-1])
        return share

    def _name(self, geometry: Contest, share: float) -> None:
        """Names at the right, apart from each other, each with a line to its own."""
        to_axes = self.ax.transData + self.ax.transAxes.inverted()
        ends = [
            to_axes.transform((one.points[-1][0], one.points[-1][1].median / geometry.size))
            if one.points
            else None
            for one in geometry.curves
        ]
        here = [float(end[1]) for end in ends if end is not None]
        last = max(one.points[-1][0] for one in geometry.curves if one.points) if here else 0
        places = iter(spread_out(here, 0.17 / inches(self.ax)[1], 0.02, 0.98))
        for curve, end, text, leader in zip(
            geometry.curves, ends, self.names, self.leaders, strict=True
        ):
            if end is None:
                text.set_text("")
                continue
            place = next(places)
            text.set_text(_at_the_end(curve, last))
            text.set_position((share + 0.035, place))
            _move(leader, [(float(end[0]), float(end[1])), (share + 0.028, place)])

    def _marks(self) -> Line2D:
        return self.lines[0]


def _at_the_end(curve: Curve, last: float) -> str:
    """`mutex · 2.3x the fastest`, and where that is if the line ends before the others."""
    if not curve.points:
        return ""
    x, summary = curve.points[-1]
    name = shortened(curve.name, LONGEST_NAME)
    ratio = ratio_text(summary.ratio)
    where = f" at {x:,g}" if x != last else ""
    return f"{name} · {ratio}{where}" if ratio else name


def _fit(ax: Axes, axis: str, values: Sequence[float], geometry: Contest) -> None:
    """Limits and ticks of the axis of times: from zero on, or logarithmic."""
    set_limits = ax.set_xlim if axis == "x" else ax.set_ylim
    line = ax.xaxis if axis == "x" else ax.yaxis
    most = max(values, default=1.0) or 1.0
    if geometry.is_log:
        low = min(values)
        set_limits(low / 1.25, most * 1.25)
        line.set_major_locator(FixedLocator(_decades(low / 1.25, most * 1.25)))
        line.set_minor_locator(NullLocator())
        line.set_minor_formatter(NullFormatter())
        texts = FuncFormatter(lambda value, _: _tick_text(value * geometry.size))
    else:
        set_limits(0, most * 1.05)
        line.set_major_locator(MaxNLocator(nbins=7))
        texts = FuncFormatter(lambda value, _: f"{value:,.6g}")
    line.set_major_formatter(texts)


def _tick_text(seconds: float) -> str:
    """On a logarithmic axis each has its own unit: `100 ns`, `10 µs`."""
    unit, size = time_unit(seconds)
    return f"{seconds / size:,.6g} {unit}"


def _axis_label(what: str, geometry: Contest) -> str:
    return what if geometry.is_log else f"{what} ({geometry.unit})"


def _decades(low: float, high: float) -> list[float]:
    """1, 10, 100 ..., with 2 and 5 between if these are few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = (1, 2, 5) if last - first <= 3 else (1,)
    ticks = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    return [tick for tick in ticks if low <= tick <= high]
