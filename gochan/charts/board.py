"""Artists that stay in axes: told where to stand whenever measured times change.

To draw anew a picture that changes several times a second, they only move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .contest import Contest
from .frame import note
from .rows import Point
from .signs import inks


class Board:
    """Artists in axes, which are told where to stand whenever the samples change."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        self.ax = ax
        self.ink = inks(ax)
        self._form = _form(geometry)
        note(ax, f"and {geometry.folded:,} more contenders" if geometry.folded else "")

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
        geometry.scale.is_log,
        geometry.parameter_is_log,
        geometry.folded,
    )


def move(line: Line2D, points: Sequence[Point]) -> None:
    """Gives a line other points."""
    line.set_data([x for x, _ in points], [y for _, y in points])


def new_line(ax: Axes, marker: str = "", **look: Any) -> Line2D:
    """A line that has no points yet; with a marker only that is seen."""
    style = "" if marker else "-"
    return ax.plot([], [], linestyle=style, marker=marker, solid_capstyle="butt", **look)[0]
