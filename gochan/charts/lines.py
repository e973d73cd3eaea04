"""Named lines over a parameter or over time, from zero on: how a figure changes with another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .figure import axes_or_new, describe
from .frame import SMALL, frame
from .placing import LETTER, inches, spread_out
from .signs import inks, shortened
from .style import MOST_LANES, SHAPES

LONGEST_NAME = 20
MOST_MARKERS = 60  # points on a line; more can't be told apart


class Line(NamedTuple):
    """One line: its name, and its points from left to right."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


def lines(
    rows: Any,
    ax: Axes | None = None,
    *,
    over: str = "",
    label: str = "",
    at: float | None = None,
    holds: bool = False,
) -> Axes:
    """Draws figures over a parameter or over time, one line for each name.

    Parameters
    ----------
    rows
        Pairs of numbers from 0 on, across and up: `[(1, 40), (2, 30)]`. Or several such lists by
        name, to compare them: `{"with flags": [...], "with nil": [...]}`; at most 12 are drawn.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.
    over, label
        What is drawn across and what up, with units, for the axes: "time (s)", "turns".
    at
        A place across that is marked: where a slider stands.
    holds
        Whether a figure stays as it is until the next point, as a queue's length does.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what are no such pairs, ValueError for none at all and for numbers that are
    negative, NaN or infinite.
    """
    found = lines_of(rows)
    ax = axes_or_new(ax, 2.4)
    draw_lines(ax, ax, found, label, holds=holds)
    ax.set_xlabel(over, color=inks(ax).text)
    if at is not None:
        ax.axvline(_number(at), color=inks(ax).text, linewidth=1, linestyle="--", zorder=2)
    describe(ax, description(found, over, label, at))
    return ax


def lines_of(rows: Any) -> tuple[Line, ...]:
    """Checks the pairs, sorts them from left to right, and gives the lines, at most 12."""
    given = rows if isinstance(rows, Mapping) else {"": rows}
    if not given:
        raise ValueError("lines needs at least one pair of numbers")
    return tuple(_line(str(name), pairs) for name, pairs in list(given.items())[:MOST_LANES])


def _line(name: str, pairs: Iterable[Sequence[float]]) -> Line:
    try:
        points = sorted(((_number(x), _number(y)) for x, y in pairs), key=lambda point: point[0])
    except (TypeError, ValueError) as error:
        if str(error).startswith("lines"):
            raise
        raise TypeError(
            f"lines draws pairs of numbers, such as [(1, 40), (2, 30)], not {pairs!r:.60}"
        ) from None
    if not points:
        raise ValueError("lines needs at least one pair of numbers")
    return Line(name, tuple(x for x, _ in points), tuple(y for _, y in points))


def _number(given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise TypeError(f"lines draws numbers, not {given!r:.60}")
    if not (given >= 0 and math.isfinite(given)):
        raise ValueError(f"lines draws finite numbers from 0 on, not {given!r}")
    return given


def draw_lines(
    ax: Axes, around: Axes, rows: Sequence[Line], label: str, holds: bool = False
) -> None:
    """Draws in `ax`, a panel of `around`, from zero on; names stand behind the lines' ends."""
    frame(ax, grid="y", lines=("bottom", "left"))
    ink = inks(around)
    wide, high = inches(around)
    most = max(max(line.ys) for line in rows) or 1
    last = max(line.xs[-1] for line in rows) or 1
    names = [shortened(line.name, LONGEST_NAME) for line in rows]
    share = 1 - (LETTER * max(map(len, names)) + 0.2) / wide if any(names) else 1
    ax.set_xlim(0, last / share * 1.01)
    ax.set_ylim(0, most * 1.12)
    ends = [line.ys[-1] / (most * 1.12) for line in rows]
    places = spread_out(ends, 0.17 / (high * 0.45), 0.03, 0.97)
    for number, (name, line, place) in enumerate(zip(names, rows, places, strict=True)):
        ax.plot(
            line.xs,
            line.ys,
            color=ink.color(number),
            linewidth=1.6,
            marker="" if holds or len(line.xs) > MOST_MARKERS else SHAPES[number % len(SHAPES)],
            markersize=4,
            drawstyle="steps-post" if holds else "default",
            zorder=3,
        )
        if name:
            ax.text(
                share + 0.015,
                place,
                name,
                transform=ax.transAxes,
                va="center",
                fontsize=SMALL,
                color=ink.text,
            )
    is_counted = _are_whole(line.ys for line in rows)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, min_n_ticks=1, integer=is_counted))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
    ax.spines["bottom"].set_bounds(0, last)
    ticks = MaxNLocator(8, integer=_are_whole(line.xs for line in rows)).tick_values(0, last)
    ax.set_xticks([tick for tick in ticks if tick <= last])
    ax.set_ylabel(label, color=ink.text)


def _are_whole(numbers: Iterable[Sequence[float]]) -> bool:
    return all(float(number).is_integer() for some in numbers for number in some)


def description(found: Sequence[Line], over: str, label: str, at: float | None = None) -> str:
    """The alt text."""
    parts = []
    for line in found:
        top = max(line.ys)
        where = line.xs[line.ys.index(top)]
        text = f"{line.name}: " if line.name else ""
        text += f"from {line.ys[0]:,g} to {line.ys[-1]:,g}, at most {top:,g} at {where:,g}"
        parts.append(text)
    span = f"{min(line.xs[0] for line in found):,g} to {max(line.xs[-1] for line in found):,g}"
    marked = f" Marked: {at:,g}." if at is not None else ""
    return f"{label or 'Lines'} over {over or 'a parameter'}, {span}. {'; '.join(parts)}.{marked}"
