"""Measured times compared: every sample, the middle half of them, and how many times the fastest.

The axes remember what was drawn in them, so that a picture that is drawn anew several times a
second only moves its marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes

from .board import Board
from .contest import Contest, Curve, contest
from .figure import axes_or_new, describe
from .rows import row_height
from .time_axis import time_text
from .timing_lines import Lines
from .timing_rows import Rows, in_words

BOARD = "gochan timings"  # under this name axes remember what was drawn in them
LINES_HEIGHT = 3.8  # inches


def timings(
    samples: Mapping[str, Any],
    ax: Axes | None = None,
    what: str = "time",
    parameter: str = "parameter",
    absent: Mapping[str, str] | None = None,
    *,
    besides: Mapping[str, str] | None = None,
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
    absent
        Who can't be measured, and why: `{"Go mutex": "there is no Go"}`; the row says so.
    besides
        What is said of a contender in its row besides, such as its memory: `{"mutex": "8 kB"}`.

    Returns the axes. Their figure's label is the alt text.

    The axis starts at zero, or is logarithmic if the longest sample takes 30 times the shortest.

    Raises TypeError for other forms, ValueError for no contender, and for times that are negative,
    NaN or infinite.
    """
    geometry = contest(samples, absent=absent, besides=besides)
    height = (
        LINES_HEIGHT
        if geometry.curves
        else 0.75 + row_height(len(geometry.rows)) * len(geometry.rows)
    )
    ax = axes_or_new(ax, height)
    board = vars(ax).get(BOARD)
    if not (isinstance(board, Board) and board.fits(geometry)):
        ax.clear()
        board = Lines(ax, geometry) if geometry.curves else Rows(ax, geometry)
        vars(ax)[BOARD] = board
    board.show(geometry, what, parameter)
    describe(ax, description(geometry, what, parameter))
    return ax


def description(geometry: Contest, what: str, parameter: str) -> str:
    """The alt text."""
    more = f" And {geometry.folded:,} more, not drawn." if geometry.folded else ""
    if geometry.rows:
        rows = "; ".join(f"{row.name}: {in_words(row)}" for row in geometry.rows)
        return f"Comparison of the {what} of {_count(geometry.rows)}. {rows}.{more}"
    curves = "; ".join(_course(curve, parameter) for curve in geometry.curves)
    return f"The {what} of {_count(geometry.curves)} over {parameter}. {curves}.{more}"


def _count(contenders: Sequence[Any]) -> str:
    return f"{len(contenders)} contender{'s' if len(contenders) != 1 else ''}"


def _course(curve: Curve, parameter: str) -> str:
    if not curve.points:
        return f"{curve.name}: not measured yet"
    (first, start), (last, end) = curve.points[0], curve.points[-1]
    text = f"{curve.name}: {time_text(start.median)} at {parameter} {first:,g}"
    return text if first == last else f"{text}, {time_text(end.median)} at {last:,g}"
