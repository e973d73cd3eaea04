"""The values of a timeline: arrows from lane to lane, and what they carry."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from .figure import nice_unit
from .layout import Arrow, Bar, Layout
from .placing import LETTER, Free, inches
from .signs import Place, inks
from .style import BAR_HEIGHT, MOST_VALUE_LABELS
from .thinning import COLUMNS

MOST_ARROWS = 200  # of more only the lines are drawn, which is fast


class Scale:
    """From geometry to the x axis."""

    def __init__(self, geometry: Layout, axis: str) -> None:
        self.by_step = axis == "step"
        self.unit, self.size = ("step", 1) if self.by_step else nice_unit(geometry.end)
        self.end = max(1, len(geometry.steps)) if self.by_step else geometry.end / self.size or 1.0
        self.beyond = self.end * 0.03  # room behind the end, for what never ended
        self._last = len(geometry.steps)

    def start(self, piece: Bar | Arrow) -> float:
        """Where it begins."""
        return piece.first_step if self.by_step else piece.start / self.size

    def stop(self, piece: Bar | Arrow) -> float:
        """Where it ends."""
        return piece.last_step if self.by_step else piece.end / self.size

    def stop_of_bar(self, bar: Bar) -> float:
        """The same; who never ends reaches beyond the end of the run."""
        return self.stop(bar) + (self.beyond if bar.last_step >= self._last else 0)

    def at(self, mark: Any) -> float:
        """Where a mark stands."""
        return float(mark.step) if self.by_step else float(mark.time / self.size)


def draw_arrows(ax: Axes, geometry: Layout, scale: Scale) -> None:
    """Draws the values; of very many only one line for each place."""
    travelled = [
        arrow
        for arrow in geometry.arrows
        if arrow.from_lane is not None and arrow.to_lane not in (None, arrow.from_lane)
    ]
    ways = [_way(arrow, scale) for arrow in travelled]
    if len(ways) > MOST_ARROWS:
        seen = {_spot(way, scale.end): way for way in ways}  # one of those that cover each other
        lines = LineCollection(list(seen.values()), colors=inks(ax).text, linewidths=0.5, zorder=4)
        ax.add_collection(lines)
        return
    for tail, head in ways:
        _draw_arrow(ax, tail, head)
    if len(ways) <= MOST_VALUE_LABELS:
        free = Free()
        for arrow, way in zip(travelled, ways, strict=True):
            place = _place_of_value(ax, arrow, way, free) if arrow.value else None
            if place is not None:
                _write_value(ax, arrow.value[:8], place)


def _spot(way: tuple[Place, Place], end: float) -> tuple[int, float, int, float]:
    (start, top), (stop, bottom) = way
    return int(start / end * COLUMNS), top, int(stop / end * COLUMNS), bottom


def _way(arrow: Arrow, scale: Scale) -> tuple[Place, Place]:
    """From the edge of the one bar to the edge of the other."""
    assert arrow.from_lane is not None
    assert arrow.to_lane is not None
    down = 1 if arrow.to_lane > arrow.from_lane else -1
    tail = scale.start(arrow), arrow.from_lane + down * BAR_HEIGHT / 2
    head = scale.stop(arrow), arrow.to_lane - down * BAR_HEIGHT / 2
    return tail, head


def _draw_arrow(ax: Axes, tail: Place, head: Place) -> None:
    style = {
        "arrowstyle": "-|>",
        "color": inks(ax).text,
        "linewidth": 1.1,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    ax.annotate("", head, tail, arrowprops=style, zorder=4)


def _place_of_value(ax: Axes, arrow: Arrow, way: tuple[Place, Place], free: Free) -> Place | None:
    """Between two lanes, the sender's first, where no other value stands; None if all is taken."""
    assert arrow.from_lane is not None
    assert arrow.to_lane is not None
    (start, top), (stop, bottom) = way
    wide, high = inches(ax)
    lanes = abs(ax.get_ylim()[1] - ax.get_ylim()[0])
    end = ax.get_xlim()[1]
    width = LETTER * len(arrow.value[:8]) + 0.1
    half = width / 2 / wide * end
    down = 1 if arrow.to_lane > arrow.from_lane else -1
    for lane in range(arrow.from_lane, arrow.to_lane, down):
        y = lane + down / 2
        x = start + (stop - start) * (y - top) / (bottom - top) if bottom != top else start
        x = min(max(x, half), end - half)
        if free.take(x / end * wide, y / lanes * high, width, 0.17):
            return x, y
    return None


def _write_value(ax: Axes, value: str, place: Place) -> None:
    ink = inks(ax)
    ax.text(
        *place,
        value,
        fontsize=8,
        ha="center",
        va="center",
        color=ink.text,
        zorder=6,
        bbox={
            "facecolor": ink.paper,
            "edgecolor": ink.text,
            "linewidth": 0.6,
            "boxstyle": "round,pad=0.15",
        },
        clip_on=True,
    )
