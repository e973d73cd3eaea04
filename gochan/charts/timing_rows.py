"""Measured times as rows: every sample, their median, and the half of them around it."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .board import Board, move, new_line
from .contest import Contender, Contest, ratio_text
from .frame import frame
from .rows import DOTS, dot_size, dots, new_words, write
from .time_axis import fit_times, time_text


class Rows(Board):
    """A row for each contender: words, and dots below them."""

    def __init__(self, ax: Axes, geometry: Contest) -> None:
        super().__init__(ax, geometry)
        text, rows = self.ink.text, range(len(geometry.rows))
        ax.set_xscale("log" if geometry.scale.is_log else "linear")
        ax.set_ylim(max(1, len(rows)) + 0.05, 0)
        ax.set_yticks([])
        frame(ax)
        self.halves = new_line(ax, color=text, linewidth=7, alpha=0.25, zorder=2)
        self.dots = new_line(ax, "o", color=self.ink.color(0), alpha=0.7, zorder=3)
        self.medians = new_line(
            ax, "|", color=text, markersize=20, markeredgewidth=2.5, zorder=4, clip_on=False
        )
        self.words = [new_words(ax, row) for row in rows]

    def show(self, geometry: Contest, what: str, parameter: str) -> None:
        """Moves everything to its place."""
        size = geometry.scale.size
        measured = [
            (place, row.summary)
            for place, row in enumerate(geometry.rows)
            if row.summary is not None
        ]
        points = [
            point
            for row, one in measured
            for point in dots(row, [sample / size for sample in one.samples])
        ]
        move(self.dots, points)
        self.dots.set_markersize(
            dot_size(max((len(one.samples) for _, one in measured), default=0))
        )
        move(self.medians, [(one.median / size, row + DOTS) for row, one in measured])
        halves = [
            (x / size, row + DOTS) for row, one in measured for x in (one.low, one.high, math.nan)
        ]
        move(self.halves, halves)
        for row, texts in zip(geometry.rows, self.words, strict=True):
            write(self.ax, texts, row.name, in_words(row))
        fit_times(self.ax, "x", [x for x, _ in points], geometry.scale)
        self.ax.set_xlabel(geometry.scale.label(what), color=self.ink.text)

    def _marks(self) -> Line2D:
        return self.dots


def in_words(row: Contender) -> str:
    """`1.2 µs (1.1 to 1.4), 2.3x the fastest, 8 kB, 30 samples`, or why there are none."""
    one = row.summary
    if one is None:
        return f"not here: {row.absent}" if row.absent else "not measured yet"
    parts = [time_text(one.median), ratio_text(one.ratio), row.note, _samples(len(one.samples))]
    if len(one.samples) > 1:
        parts[0] += f" ({time_text(one.low)} to {time_text(one.high)})"
    return ", ".join(part for part in parts if part)


def _samples(count: int) -> str:
    return f"{count:,} sample{'s' if count != 1 else ''}"
