"""The timeline: a lane for each goroutine, its states as bars, values as arrows."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..analysis.words import description
from ..runtime import event as kinds
from ..trace.trace import Trace
from .figure import new_axes, nice_unit
from .layout import Arrow, Bar, Layout, layout
from .style import BAR_HEIGHT, INK, LOOKS, MESSAGE, MOST_ARROWS, MOST_VALUE_LABELS, QUIET

AXES = ("time", "step")
FINEST = 1_000  # parts of the axis that can be told apart

Place = tuple[float, float]


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
    if axis not in AXES:
        raise ValueError(f'axis is "time" or "step", not {axis!r}')
    if not isinstance(trace, Trace):
        raise TypeError(
            f"timeline draws a Trace, not {type(trace).__name__}: use record(...).trace"
        )
    geometry = layout(trace)
    if ax is None:
        ax = new_axes(height=1.1 + 0.45 * max(2, len(geometry.lanes)))
    scale = _Scale(geometry, axis)
    _draw_bars(ax, geometry, scale)
    left_out = _draw_arrows(ax, geometry, scale)
    _draw_marks(ax, geometry, scale)
    _finish(ax, geometry, scale, left_out)
    ax.figure.set_label(description(trace))
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


def _draw_bars(ax: Axes, geometry: Layout, scale: _Scale) -> None:
    """One collection for each lane and state: a thousand bars cost little more than ten."""
    ranges: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for bar in geometry.bars:
        width = scale.stop_of_bar(bar) - scale.start(bar)
        if width > 0:
            _add(ranges[bar.lane, bar.state], scale.start(bar), width, scale.end / FINEST)
            _write_on(ax, bar, scale.start(bar), width, scale)
    for (lane, state), pieces in ranges.items():
        look = LOOKS[state]
        ax.broken_barh(
            pieces,
            (lane - BAR_HEIGHT / 2, BAR_HEIGHT),
            facecolor=look.fill,
            edgecolor="white" if look.fill == look.color else look.color,
            hatch=look.hatch,
            linewidth=0.8,
            zorder=2,
        )


def _add(pieces: list[Place], start: float, width: float, finest: float) -> None:
    """One more piece; one too narrow to be seen becomes a part of the piece beside it."""
    if pieces and width < finest and start - sum(pieces[-1]) < finest:
        width += start - pieces[-1][0]
        start, _ = pieces.pop()
    pieces.append((start, width))


def _write_on(ax: Axes, bar: Bar, start: float, width: float, scale: _Scale) -> None:
    """The reason, if the bar is long enough for it."""
    room = width / scale.end * 90  # characters that fit on a full-width bar
    if len(bar.text) + 2 > room:
        return
    look = LOOKS[bar.state]
    solid = look.fill == look.color
    ax.text(
        start + width / 2,
        bar.lane,
        bar.text,
        ha="center",
        va="center",
        fontsize=9,
        color=look.text,
        zorder=5,
        clip_on=True,
        bbox=None if solid else {"facecolor": "white", "edgecolor": "none", "pad": 1.2},
    )


def _draw_arrows(ax: Axes, geometry: Layout, scale: _Scale) -> int:
    """Few arrows carry their values; a great many would hide the bars: returns how many."""
    travelled = _travelled(geometry)
    if len(travelled) > MOST_ARROWS:
        return len(travelled)
    places = [_place(arrow, scale) for arrow in travelled]
    _draw_shafts(ax, places)
    if len(travelled) <= MOST_VALUE_LABELS:
        for arrow, place in zip(travelled, places, strict=True):
            _write_value(ax, arrow, *place)
    return 0


def _travelled(geometry: Layout) -> list[Arrow]:
    """Those that go from one lane to another one."""
    arrows = [arrow for arrow in geometry.arrows if arrow.from_lane is not None]
    return [arrow for arrow in arrows if arrow.to_lane not in (None, arrow.from_lane)]


def _place(arrow: Arrow, scale: _Scale) -> tuple[Place, Place]:
    """From where to where."""
    assert arrow.from_lane is not None
    assert arrow.to_lane is not None
    down = 1 if arrow.to_lane > arrow.from_lane else -1
    tail = scale.start(arrow), arrow.from_lane + down * BAR_HEIGHT / 2
    head = scale.stop(arrow), arrow.to_lane - down * BAR_HEIGHT / 2
    return tail, head


def _draw_shafts(ax: Axes, places: list[tuple[Place, Place]]) -> None:
    style = {
        "arrowstyle": "-|>",
        "color": MESSAGE,
        "linewidth": 1.1,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for tail, head in places:
        ax.annotate("", head, tail, arrowprops=style, zorder=4)


def _write_value(ax: Axes, arrow: Arrow, tail: Place, head: Place) -> None:
    box = {"facecolor": "white", "edgecolor": MESSAGE, "linewidth": 0.6}
    ax.text(
        (tail[0] + head[0]) / 2,
        (tail[1] + head[1]) / 2,
        arrow.value[:8],
        fontsize=8,
        ha="center",
        va="center",
        zorder=6,
        bbox={**box, "boxstyle": "round,pad=0.2"},
        clip_on=True,
    )


MARKERS = {
    kinds.END: ("|", INK, 9),
    kinds.EXIT: ("|", INK, 13),
    kinds.CRASH: ("X", LOOKS["blocked"].color, 10),
    kinds.CLOSE: ("s", INK, 5),
}


def _draw_marks(ax: Axes, geometry: Layout, scale: _Scale) -> None:
    for kind, (marker, color, size) in MARKERS.items():
        marks = [mark for mark in geometry.marks if mark.kind == kind]
        if marks:
            ax.plot(
                [scale.at(mark) for mark in marks],
                [mark.lane for mark in marks],
                linestyle="",
                marker=marker,
                color=color,
                markersize=size,
                zorder=7,
                clip_on=False,
            )


def _finish(ax: Axes, geometry: Layout, scale: _Scale, left_out: int) -> None:
    labels = [lane.label for lane in geometry.lanes]
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(max(1, len(labels) - 0.4), -0.6)
    ax.set_xlim(0, scale.end + scale.beyond)
    ax.set_xlabel("step" if scale.by_step else f"program time ({scale.unit})", color=INK)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
    states = dict.fromkeys(
        bar.state for bar in geometry.bars if scale.stop_of_bar(bar) > scale.start(bar)
    )
    handles: list[Any] = [
        Patch(
            facecolor=LOOKS[state].fill,
            edgecolor=LOOKS[state].color,
            hatch=LOOKS[state].hatch,
            label=LOOKS[state].word,
        )
        for state in LOOKS
        if state in states
    ]
    if geometry.arrows and not left_out:
        handles.append(Line2D([], [], color=MESSAGE, marker=">", label="value"))
    if handles:
        ax.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(handles),
            frameon=False,
            fontsize=9,
            handlelength=1.8,
        )
    notes = [f"the arrows of {left_out:,} values are left out"] if left_out else []
    if geometry.folded:
        notes.append(f"and {geometry.folded:,} more goroutines")
    text = " · ".join(notes)
    ax.text(1, 1.02, text, transform=ax.transAxes, ha="right", fontsize=8, color=QUIET)
