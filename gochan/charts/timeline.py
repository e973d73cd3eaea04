"""The timeline: a lane for each goroutine, its states as bars, values as arrows."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..analysis.words import description
from ..runtime import event as kinds
from ..trace.trace import Trace
from .arrows import Scale, draw_arrows
from .axis import check_axis, check_trace
from .figure import axes_or_new, describe
from .frame import SMALL, frame, key, note
from .layout import UNBLOCKS, Bar, Layout, layout, stuck
from .placing import LETTER, inches
from .signs import Place, cancel_look, inks, shortened
from .style import BAR_HEIGHT, CANCEL_MARK, LOOKS
from .thinning import Piece, in_columns

LANE = 0.45  # inches
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
    scale = Scale(geometry, axis)
    _finish(ax, geometry, scale)
    unsaid = _draw_bars(ax, geometry, scale)
    draw_arrows(ax, geometry, scale)
    _draw_marks(ax, geometry, scale)
    _say_why_stuck(ax, [bar for bar in stuck(geometry) if bar in unsaid])
    describe(ax, description(trace))
    return ax


def _draw_bars(ax: Axes, geometry: Layout, scale: Scale) -> set[Bar]:
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


# Shape, size in points, and the word in the key; "" for what needs none.
MARKERS = {
    kinds.END: ("|", 23, ""),
    kinds.EXIT: ("|", 29, ""),
    kinds.CRASH: ("X", 10, "panic"),
    kinds.CLOSE: ("s", 6, "close"),
    kinds.FIRE: ("o", 8, "timer"),
    kinds.CANCEL: (CANCEL_MARK[0], CANCEL_MARK[2], "cancel"),
    kinds.EXPIRE: (CANCEL_MARK[0], CANCEL_MARK[2], "deadline"),
}


FILLED = (kinds.CRASH, kinds.CLOSE, kinds.FIRE, kinds.CANCEL, kinds.EXPIRE)


def _look(ax: Axes, kind: str) -> dict[str, Any]:
    marker, size, _ = MARKERS[kind]
    if kind in (kinds.CANCEL, kinds.EXPIRE):
        return cancel_look(ax, is_deadline=kind == kinds.EXPIRE)
    ink = inks(ax)
    if kind == kinds.FIRE:  # hollow: nobody sent it
        return {
            "linestyle": "",
            "marker": marker,
            "markersize": size,
            "color": ink.paper,
            "markeredgecolor": ink.text,
            "markeredgewidth": 1.8,
        }
    color = LOOKS["blocked"].color if kind == kinds.CRASH else ink.text
    return {
        "linestyle": "",
        "marker": marker,
        "markersize": size,
        "color": color,
        "markeredgecolor": color if marker == "|" else ink.paper,  # shows on every bar
    }


def _draw_marks(ax: Axes, geometry: Layout, scale: Scale) -> None:
    for kind in MARKERS:
        marks = [mark for mark in geometry.marks if mark.kind == kind]
        if marks:
            xs, ys = [scale.at(mark) for mark in marks], [mark.lane for mark in marks]
            ax.plot(xs, ys, zorder=7, clip_on=False, **_look(ax, kind))


def _finish(ax: Axes, geometry: Layout, scale: Scale) -> None:
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


def _handles(ax: Axes, geometry: Layout, scale: Scale) -> list[Any]:
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
