"""The timeline: a lane for each goroutine, its states as bars, values as arrows."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..analysis.words import description
from ..runtime import event as kinds
from ..trace.trace import Trace
from .axis import check_axis, check_trace
from .figure import axes_or_new, describe, nice_unit
from .frame import SMALL, frame, key, note
from .layout import UNBLOCKS, Arrow, Bar, Layout, layout, stuck
from .placing import LETTER, Free, inches
from .signs import Place, cancel_look, inks, shortened
from .style import BAR_HEIGHT, CANCEL_MARK, LOOKS, MOST_VALUE_LABELS
from .thinning import COLUMNS, Piece, in_columns

LANE = 0.45  # inches
MOST_ARROWS = 200  # of more only the lines are drawn, which is fast
LONGEST_REASON = 28  # characters, beside a lane


def timeline(trace: Trace, ax: Axes | None = None, axis: str = "time") -> Axes:
    """Draws who was in which state when, and which values went from whom to whom.

    Parameters
    ----------
    trace
        A recorded run.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.
    axis
        "time": program time. "step": one unit a step, for what happens at one instant.

    Returns the axes. Their figure's label is the alt text.

    Raises ValueError for another axis.
    """
    check_axis(axis)
    check_trace(trace, "timeline")
    geometry = layout(trace)
    ax = axes_or_new(ax, 1.1 + LANE * max(2, len(geometry.lanes)))
    scale = _Scale(geometry, axis)
    _finish(ax, geometry, scale)
    unsaid = _draw_bars(ax, geometry, scale)
    _draw_arrows(ax, geometry, scale)
    _draw_marks(ax, geometry, scale)
    _say_why_stuck(ax, [bar for bar in stuck(geometry) if bar in unsaid])
    describe(ax, description(trace))
    return ax


class _Scale:
    """From geometry to the x axis."""

    def __init__(self, geometry: Layout, axis: str) -> None:
        self.by_step = axis == "step"
        self.unit, self.size = ("step", 1) if self.by_step else nice_unit(geometry.end)
        self.end = max(1, len(geometry.steps)) if self.by_step else geometry.end / self.size or 1.0
        self.beyond = self.end * 0.03  # room behind the end, for what never ended
        self._last = len(geometry.steps)

    def start(self, piece: Bar | Arrow) -> float:
        return piece.first_step if self.by_step else piece.start / self.size

    def stop(self, piece: Bar | Arrow) -> float:
        return piece.last_step if self.by_step else piece.end / self.size

    def stop_of_bar(self, bar: Bar) -> float:
        return self.stop(bar) + (self.beyond if bar.last_step >= self._last else 0)

    def at(self, mark: Any) -> float:
        return float(mark.step) if self.by_step else float(mark.time / self.size)


def _draw_bars(ax: Axes, geometry: Layout, scale: _Scale) -> set[Bar]:
    """One collection for each lane and state: a thousand bars cost little more than ten.

    Returns the bars that are too short for their words.
    """
    lanes: dict[int, list[Piece]] = defaultdict(list)
    unsaid = set()
    letters = inches(ax)[0] / LETTER / ax.get_xlim()[1]  # in a unit of the axis
    marks: dict[int, list[float]] = defaultdict(list)
    for mark in geometry.marks:
        if mark.kind in FILLED:
            marks[mark.lane].append(scale.at(mark))
    for bar in geometry.bars:
        width = scale.stop_of_bar(bar) - scale.start(bar)
        if width > 0:
            lanes[bar.lane].append((scale.start(bar), scale.start(bar) + width, bar.state))
        start, end = _clear_part(scale.start(bar), width, marks[bar.lane]) if width else (0, 0)
        if len(bar.text) + 2 <= (end - start) * letters:
            _write_on(ax, bar, (start + end) / 2)
        else:
            unsaid.add(bar)
    ranges: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for lane, all_pieces in lanes.items():
        for begin, stop, state in in_columns(all_pieces, ax.get_xlim()[1]):
            ranges[lane, state].append((begin, stop - begin))
    for (lane, state), pieces in ranges.items():
        look = LOOKS[state]
        ax.broken_barh(
            pieces,
            (lane - BAR_HEIGHT / 2, BAR_HEIGHT),
            facecolor=look.fill,
            edgecolor=inks(ax).paper if look.fill == look.color else look.color,
            hatch=look.hatch,
            linewidth=0.8,
            zorder=2,
        )
    return unsaid


def _clear_part(start: float, width: float, marks: Sequence[float]) -> Place:
    """The longest part of a bar without a mark on it."""
    end = start + width
    stops = [start, *sorted(at for at in marks if start < at < end), end]
    return max(itertools.pairwise(stops), key=lambda part: part[1] - part[0])


def _write_on(ax: Axes, bar: Bar, middle: float) -> None:
    """The reason."""
    look = LOOKS[bar.state]
    ax.text(
        middle,
        bar.lane,
        bar.text,
        ha="center",
        va="center",
        fontsize=SMALL,
        color=look.text,
        zorder=5,
        clip_on=True,
        bbox={"facecolor": look.fill, "edgecolor": "none", "pad": 1.2} if look.hatch else None,
    )


def _say_why_stuck(ax: Axes, bars: Sequence[Bar]) -> None:
    """At the right margin why somebody never goes on, if the bar is too short to say it.

    In axes whose figure makes no room for that, above the end of the bar.
    """
    figure, ink = ax.get_figure(root=True), inks(ax)
    has_room = figure is not None and figure.get_layout_engine() is not None
    for bar in bars:
        ax.annotate(
            shortened(bar.text, LONGEST_REASON),
            (1, bar.lane if has_room else bar.lane - BAR_HEIGHT / 2),
            (6 if has_room else 0, 0),
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
            ha="left" if has_room else "right",
            va="center" if has_room else "bottom",
            fontsize=SMALL if has_room else 7,
            color=ink.text,
            zorder=6,
            annotation_clip=False,
        )


def _draw_arrows(ax: Axes, geometry: Layout, scale: _Scale) -> None:
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


def _way(arrow: Arrow, scale: _Scale) -> tuple[Place, Place]:
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


# Shape, size in points, and the word in the key; "" for what needs none.
MARKERS = {
    kinds.END: ("|", 23, ""),
    kinds.EXIT: ("|", 29, ""),
    kinds.CRASH: ("X", 10, "panic"),
    kinds.CLOSE: ("s", 6, "close"),
    kinds.CANCEL: (CANCEL_MARK[0], CANCEL_MARK[2], "cancel"),
    kinds.EXPIRE: (CANCEL_MARK[0], CANCEL_MARK[2], "deadline"),
}


FILLED = (kinds.CRASH, kinds.CLOSE, kinds.CANCEL, kinds.EXPIRE)


def _look(ax: Axes, kind: str) -> dict[str, Any]:
    marker, size, _ = MARKERS[kind]
    if kind in (kinds.CANCEL, kinds.EXPIRE):
        return cancel_look(ax, is_deadline=kind == kinds.EXPIRE)
    ink = inks(ax)
    color = LOOKS["blocked"].color if kind == kinds.CRASH else ink.text
    return {
        "linestyle": "",
        "marker": marker,
        "markersize": size,
        "color": color,
        "markeredgecolor": color if marker == "|" else ink.paper,  # shows on every bar
    }


def _draw_marks(ax: Axes, geometry: Layout, scale: _Scale) -> None:
    for kind in MARKERS:
        marks = [mark for mark in geometry.marks if mark.kind == kind]
        if marks:
            xs, ys = [scale.at(mark) for mark in marks], [mark.lane for mark in marks]
            ax.plot(xs, ys, zorder=7, clip_on=False, **_look(ax, kind))


def _finish(ax: Axes, geometry: Layout, scale: _Scale) -> None:
    labels = [lane.label for lane in geometry.lanes]
    frame(ax)
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(1, len(labels) - 0.4), -0.6)
    ax.set_xlim(0, scale.end + scale.beyond)
    text = "step" if scale.by_step else f"program time ({scale.unit})"
    ax.set_xlabel(text, color=inks(ax).text)
    key(ax, _handles(ax, geometry, scale))
    note(ax, f"and {geometry.folded:,} more goroutines" if geometry.folded else "")


def _handles(ax: Axes, geometry: Layout, scale: _Scale) -> list[Any]:
    states = {bar.state for bar in geometry.bars if scale.stop_of_bar(bar) > scale.start(bar)}
    handles: list[Any] = [
        Patch(facecolor=look.fill, edgecolor=look.color, hatch=look.hatch, label=look.word)
        for state, look in LOOKS.items()
        if state in states
    ]
    if geometry.arrows:
        word = "value" if geometry.arrows[0].channel != UNBLOCKS else UNBLOCKS
        handles.append(Line2D([], [], color=inks(ax).text, marker=">", label=word))
    marked = {mark.kind for mark in geometry.marks}
    handles += [
        Line2D([], [], label=word, **_look(ax, kind))
        for kind, (_, _, word) in MARKERS.items()
        if kind in marked and word
    ]
    return handles
