"""Measured times over a parameter: a line for each contender, with its name at the end."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from .board import Board, move, new_line
from .contest import Contest, Curve, ratio_text
from .frame import SMALL, frame, say
from .placing import LETTER, inches, spread_out
from .signs import shortened
from .style import SHAPES
from .time_axis import fit_times

LONGEST_NAME = 24  # characters, at the end of a line


class Lines(Board):
    """A line for each contender through its medians, with its name at the end."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        super().__init__(ax, geometry)
        ax.set_yscale("log" if geometry.scale.is_log else "linear")
        ax.set_xscale("log" if geometry.parameter_is_log else "linear")
        frame(ax, grid="y", lines=("bottom", "left"))
        colors = [self.ink.color(number) for number in range(len(geometry.curves))]
        self.halves = [new_line(ax, color=one, linewidth=6, alpha=0.3, zorder=2) for one in colors]
        self.dots = [
            new_line(ax, ".", color=one, markersize=4, alpha=0.5, zorder=3) for one in colors
        ]
        self.lines = [self._curve(number) for number in range(len(colors))]
        self.leaders = [new_line(ax, color=one, linewidth=0.7, zorder=2) for one in colors]
        self.names = [
            ax.text(0, 0, "", va="center", fontsize=SMALL, color=self.ink.text) for _ in colors
        ]
        for artist in (*self.leaders, *self.names):
            artist.set_transform(ax.transAxes)
        if not any(curve.points for curve in geometry.curves):
            say(ax, "not measured yet")

    def _curve(self, number: int) -> Line2D:
        line = new_line(
            self.ax, SHAPES[number % len(SHAPES)], color=self.ink.color(number), zorder=4
        )
        line.set(linestyle="-" if number < len(self.ink.series) else "--", linewidth=1.6)
        return line

    def show(self, geometry: Contest, what: str, parameter: str) -> None:
        """Moves everything to its place."""
        size = geometry.scale.size
        for number, curve in enumerate(geometry.curves):
            ends = [(x, y) for x, one in curve.points for y in (one.low, one.high, math.nan)]
            samples = [(x, y) for x, one in curve.points for y in one.samples]
            move(self.lines[number], [(x, one.median / size) for x, one in curve.points])
            move(self.dots[number], [(x, y / size) for x, y in samples])
            move(self.halves[number], [(x, y / size) for x, y in ends])
        ys = [y / size for one in geometry.curves for _, at in one.points for y in at.samples]
        fit_times(self.ax, "y", ys, geometry.scale)
        self._name(geometry, self._fit_parameter(geometry))
        self.ax.set_xlabel(parameter, color=self.ink.text)
        self.ax.set_ylabel(geometry.scale.label(what), color=self.ink.text)

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
            to_axes.transform((one.points[-1][0], one.points[-1][1].median / geometry.scale.size))
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
            move(leader, [(float(end[0]), float(end[1])), (share + 0.028, place)])

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
