"""The tree of contexts: how long each lives, how a cancel goes down to its children, who waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..analysis.contexts import ContextFacts
from ..analysis.contexts import contexts as facts_of
from ..analysis.words import Names
from ..runtime import event as kinds
from ..runtime.clock import duration_text
from ..trace.trace import Trace
from .axis import Along, check_trace
from .figure import axes_or_new, describe
from .frame import frame, key, note, say
from .placing import LETTER, inches
from .rows import new_words, write
from .signs import RED, cancel_look, inks
from .style import LOOKS, MOST_LANES

ROW, LOW_ROW, FEW = 0.68, 0.52, 6  # inches; where there are more rows than these
LIFE, WATCH = 0.56, 0.82  # in its row, below the words
THICK, THIN = 0.2, 0.17  # of a life, of a wait; in rows
INDENT = "    "
LIVE, LIVE_FILL = "#5790fc", "#d6e4fe"


class Stretch(NamedTuple):
    """Somebody waits for a context from here to there: who, and how many they are."""

    start: float
    end: float
    names: str
    people: int


class Row(NamedTuple):
    """One context, from top to bottom; places are on the axis, `end` is None if it lives on.

    `is_late` says whether a deadline ended it, `told` how it ended, in words, `from_above` whether
    that came down from its parent. `watches` are the stretches in which goroutines wait for it, and
    who does.
    """

    name: str
    depth: int
    parent: int | None
    start: float
    end: float | None
    deadline: float | None
    is_late: bool
    told: str
    from_above: bool
    watches: tuple[Stretch, ...]


class Rows(NamedTuple):
    """The geometry: rows, and how many contexts have none of their own."""

    rows: tuple[Row, ...]
    folded: int


def contexts(trace: Trace, ax: Axes | None = None, axis: str | None = None) -> Axes:
    """Draws the contexts of a run as a tree: when each was made and cancelled, by whom and why.

    Below the life of a context stand the goroutines that wait for it to be cancelled.

    Parameters
    ----------
    trace
        A recorded run.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.
    axis
        "time": program time. "step": one unit a step. By default time, or steps if all of it
        happened at one instant.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what is no Trace, ValueError for another axis.
    """
    check_trace(trace, "contexts")
    along = Along(trace, axis)
    geometry = rows(trace, along)
    ax = axes_or_new(
        ax, 1.1 + (ROW if len(geometry.rows) <= FEW else LOW_ROW) * max(1, len(geometry.rows))
    )
    frame(ax)
    along.fit(ax, beyond=1.02)
    ax.set_ylim(max(1, len(geometry.rows)), 0)
    ax.set_yticks([])
    for number, row in enumerate(geometry.rows):
        _draw_row(ax, number, row, along)
        _write_row(ax, number, row)
    if not geometry.rows:
        say(ax, "no context was made that can be cancelled")
    key(ax, _handles(ax, geometry))
    note(ax, f"and {geometry.folded:,} more contexts" if geometry.folded else "")
    describe(ax, description(trace))
    return ax


def rows(trace: Trace, along: Along, most: int = MOST_LANES) -> Rows:
    """The rows in the order in which they are drawn, parents before children."""
    names = Names(trace)
    found = facts_of(trace)
    shown = found[:most]
    place_of = {facts.name: number for number, facts in enumerate(shown)}
    return Rows(
        tuple(
            Row(
                facts.name,
                facts.depth,
                place_of[facts.parent] if facts.parent is not None else None,
                along(facts.made, facts.made_step),
                along(facts.ending.time, facts.ending.step) if facts.ending else None,
                None if facts.deadline is None or along.by_step else facts.deadline / along.size,
                facts.error == "DeadlineExceeded",
                how_it_ended(facts, names),
                bool(facts.ending and facts.ending.origin),
                _stretches(facts, names, along),
            )
            for facts in shown
        ),
        len(found) - len(shown),
    )


def _stretches(facts: ContextFacts, names: Names, along: Along) -> tuple[Stretch, ...]:
    """When somebody waits, and who: those that overlap are one stretch."""
    merged: list[tuple[float, float, list[int]]] = []
    for one in sorted(facts.watches, key=lambda watch: watch.first_step):
        start, end = along(one.start, one.first_step), along(one.end, one.last_step)
        if merged and start < merged[-1][1]:
            first, last, who = merged[-1]
            merged[-1] = first, max(last, end), list(dict.fromkeys([*who, one.goroutine]))
        else:
            merged.append((start, end, [one.goroutine]))
    return tuple(Stretch(start, end, names.all(who), len(who)) for start, end, who in merged)


def how_it_ended(facts: ContextFacts, names: Names) -> str:
    """`Canceled at 1s by main: too slow`, `DeadlineExceeded at 2s, with ctx`, `never cancelled`."""
    ending = facts.ending
    if ending is None:
        return "never cancelled"
    text = f"{facts.error} at {duration_text(ending.time)}"
    if ending.origin:
        return f"{text}, with {ending.origin}"
    if ending.kind == kinds.CANCEL:
        text += f" by {names(ending.by)}"
    return f"{text}: {ending.cause}" if ending.cause else text


def _draw_row(ax: Axes, number: int, row: Row, along: Along) -> None:
    ink = inks(ax)
    end = row.end if row.end is not None else ax.get_xlim()[1]
    ax.broken_barh(
        [(row.start, end - row.start)],
        (number + LIFE - THICK / 2, THICK),
        facecolor=LIVE_FILL,
        edgecolor=LIVE,
        linewidth=1,
        zorder=3,
    )
    look = LOOKS["blocked"]
    for one in row.watches:
        ax.broken_barh(
            [(one.start, one.end - one.start)],
            (number + WATCH - THIN / 2, THIN),
            facecolor=look.fill,
            edgecolor=look.color,
            hatch=look.hatch,
            linewidth=0.6,
            zorder=3,
        )
        _write_watch(ax, number, one)
    if row.deadline is not None and row.deadline <= along.end:
        ax.plot(
            [row.deadline] * 2,
            [number + LIFE - 0.16, number + LIFE + 0.16],
            color=ink.text,
            linewidth=1.4,
            linestyle=(0, (2, 1)),
            zorder=4,
        )
    if row.parent is not None:
        _draw_descent(ax, number, row)
    if row.end is not None:
        mark = cancel_look(ax, row.is_late)
        ax.plot([row.end], [number + LIFE], zorder=8, clip_on=False, **mark)


def _draw_descent(ax: Axes, number: int, row: Row) -> None:
    """A thin line from the parent where it was derived, a red arrow where the cancel came down."""
    ink = inks(ax)
    assert row.parent is not None
    top, bottom = row.parent + LIFE + THICK / 2, number + LIFE - THICK / 2
    ax.plot([row.start] * 2, [top, bottom], color=ink.line, linewidth=1, zorder=1)
    if row.end is not None and row.from_above:
        ax.annotate(
            "",
            (row.end, bottom),
            (row.end, top),
            arrowprops={
                "arrowstyle": "-|>",
                "color": RED,
                "linewidth": 1.4,
                "shrinkA": 3,
                "shrinkB": 2,
            },
            zorder=6,
        )


def _write_watch(ax: Axes, number: int, one: Stretch) -> None:
    """Who waits, or at least how many, if there is room."""
    left, right = ax.get_xlim()
    room = (one.end - one.start) / (right - left) * inches(ax)[0] / LETTER - 2
    fitting = [text for text in (one.names, f"{one.people} wait") if len(text) <= room]
    if not fitting:
        return
    look = LOOKS["blocked"]
    ax.text(
        (one.start + one.end) / 2,
        number + WATCH,
        fitting[0],
        ha="center",
        va="center_baseline",
        fontsize=8,
        color=look.text,
        zorder=5,
        bbox={"facecolor": look.fill, "edgecolor": "none", "pad": 0.6},
    )


def _write_row(ax: Axes, number: int, row: Row) -> None:
    indent = INDENT * min(row.depth, 6) + ("└ " if row.depth else "")
    write(ax, new_words(ax, number), indent + row.name, row.told)


def _handles(ax: Axes, geometry: Rows) -> list[Any]:
    if not geometry.rows:
        return []
    handles: list[Any] = [Patch(facecolor=LIVE_FILL, edgecolor=LIVE, label="not cancelled yet")]
    for is_late, word in ((False, "cancelled"), (True, "deadline exceeded")):
        if any(row.end is not None and row.is_late is is_late for row in geometry.rows):
            handles.append(Line2D([], [], label=word, **cancel_look(ax, is_late)))
    if any(row.deadline is not None for row in geometry.rows):
        line = Line2D([], [], color=inks(ax).text, linestyle="--", label="deadline")
        handles.append(line)
    if any(row.watches for row in geometry.rows):
        look = LOOKS["blocked"]
        handles.append(
            Patch(
                facecolor=look.fill,
                edgecolor=look.color,
                hatch=look.hatch,
                label="waits for it to be cancelled",
            )
        )
    return handles


def description(trace: Trace) -> str:
    """The alt text."""
    names = Names(trace)
    found = facts_of(trace)
    if not found:
        return "Tree of contexts: none that can be cancelled was made."
    count = f"{len(found)} context{'s' if len(found) != 1 else ''}"
    parts = [_sentence(facts, names) for facts in found[:MOST_LANES]]
    more = f" And {len(found) - MOST_LANES:,} more." if len(found) > MOST_LANES else ""
    return f"Tree of {count} over {duration_text(trace.end)}. {'. '.join(parts)}.{more}"


def _sentence(facts: ContextFacts, names: Names) -> str:
    text = f"{facts.name} under {facts.parent or facts.root}"
    if facts.deadline is not None:
        text += f", deadline at {duration_text(facts.deadline)}"
    text += f": {how_it_ended(facts, names)}"
    watchers: Sequence[int] = list(dict.fromkeys(one.goroutine for one in facts.watches))
    return f"{text}; {names.all(list(watchers))} waited for that" if watchers else text
