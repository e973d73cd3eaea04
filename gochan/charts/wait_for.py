"""The wait-for graph, drawn: who waits on what, who could help, and where that goes in a circle."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from ..analysis.waiting_for import Cycle, WaitGraph, waiting_for
from ..analysis.words import Names
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED, Trace
from .axis import check_trace
from .figure import axes_or_new, describe
from .frame import SMALL, key, note, say
from .signs import RED, inks
from .style import LOOKS
from .wait_layout import HEIGHT, Box, Line, Picture, wait_layout

MARGINS = 0.55  # inches above the picture
STYLES = {"waits": "-", "holds": (0, (5, 2)), "helps": (0, (1, 1.5))}
WORDS = {"waits": "waits on", "holds": "is held by", "helps": "could be helped by"}
MOST_TOLD = 8  # waits in the alt text


def wait_for(
    trace: Trace, at: float | None = None, step: int | None = None, ax: Axes | None = None
) -> Axes:
    """Draws who waits for whom, at the end of a run or earlier.

    An arrow goes from a goroutine to what it waits on, another from there to whoever could help:
    who holds the lock, or does the opposite on the channel somewhere in this run. A deadlock's
    circle is red.

    Parameters
    ----------
    trace
        A recorded run.
    at
        A program time in seconds, to see how things stood then.
    step
        A step of the trace instead.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for what is no Trace, and what `waiting_for` raises.
    """
    check_trace(trace, "wait_for")
    graph = waiting_for(trace, at, step)
    geometry = wait_layout(graph)
    ax = axes_or_new(ax, MARGINS + max(1.0, geometry.height))
    _frame(ax, geometry)
    patches = {box.key: _draw_box(ax, box, geometry.is_deadlock) for box in geometry.boxes}
    for line in geometry.lines:
        _draw_line(ax, line, patches, geometry)
    if not geometry.boxes:
        say(ax, "nobody waits for anybody")
    key(ax, _handles(ax, geometry))
    note(ax, f"and {geometry.folded:,} more goroutines" if geometry.folded else "")
    describe(ax, description(trace, graph))
    return ax


def _frame(ax: Axes, geometry: Picture) -> None:
    ax.set_xlim(-0.06, geometry.width + 0.06)
    ax.set_ylim(max(1.0, geometry.height), 0)
    ax.set_axis_off()


def _draw_box(ax: Axes, box: Box, is_deadlock: bool) -> FancyBboxPatch:
    """Goroutines are round and have the colour of their state, things are angular."""
    ink = inks(ax)
    style = "round,pad=0,rounding_size=0.12" if box.state else "square,pad=0"
    strong = box.in_cycle and is_deadlock
    look = LOOKS[box.state] if box.state else None
    patch = FancyBboxPatch(
        (box.x - box.width / 2, box.y - HEIGHT / 2),
        box.width,
        HEIGHT,
        boxstyle=style,
        facecolor=look.fill if look else ink.paper,
        edgecolor=RED if strong else look.color if look else ink.line,
        linewidth=2.2 if strong else 1.2,
        zorder=4,
    )
    ax.add_patch(patch)
    color = look.text if look else ink.text
    up = 0.09 if box.words else 0.0
    place: dict[str, Any] = {"ha": "center", "va": "center", "color": color, "zorder": 5}
    ax.text(box.x, box.y - up, box.name, fontsize=SMALL, fontweight="bold", **place)
    if box.words:
        ax.text(box.x, box.y + 0.1, box.words, fontsize=8, **place)
    return patch


def _draw_line(ax: Axes, line: Line, patches: dict[Any, FancyBboxPatch], geometry: Picture) -> None:
    ink = inks(ax)
    start, end = line.path or (_middle(patches[line.start]), _middle(patches[line.end]))
    strong = line.in_cycle and geometry.is_deadlock
    both_ways = (
        not line.path
        and sum({one.start, one.end} == {line.start, line.end} for one in geometry.lines) > 1
    )
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "color": RED if strong else ink.text if line.kind == "waits" else ink.quiet,
            "linewidth": 2.0 if strong else 1.2,
            "linestyle": STYLES[line.kind],
            "connectionstyle": f"arc3,rad={0.3 if both_ways else 0}",
            "patchA": None if line.path else patches[line.start],
            "patchB": None if line.path else patches[line.end],
            "shrinkA": 1,
            "shrinkB": 2,
        },
        zorder=3 if strong else 2,
    )
    if line.text:
        beside = 0.35 * start[0] + 0.65 * end[0], 0.35 * start[1] + 0.65 * end[1]
        ax.annotate(
            line.text,
            beside,
            (8, 0),
            textcoords="offset points",
            va="top",
            fontsize=8,
            color=ink.text,
            bbox={"facecolor": ink.paper, "edgecolor": "none", "pad": 0.5},
        )


def _middle(patch: FancyBboxPatch) -> tuple[float, float]:
    return patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2


def _handles(ax: Axes, geometry: Picture) -> list[Any]:
    ink = inks(ax)
    kinds = {line.kind for line in geometry.lines}
    handles = [
        Line2D(
            [],
            [],
            color=ink.text if kind == "waits" else ink.quiet,
            linestyle=style,  # type: ignore[arg-type]  # a tuple is a pattern of dashes
            label=WORDS[kind],
        )
        for kind, style in STYLES.items()
        if kind in kinds
    ]
    if geometry.is_deadlock:
        handles.append(Line2D([], [], color=RED, linewidth=2, label="deadlock"))
    return handles


# -- in words --------------------------------------------------------------------------------------


def description(trace: Trace, graph: WaitGraph) -> str:
    """The alt text: the cycles by name, then who else waits on what, and who could help."""
    names = Names(trace)
    waiting = [one for one in graph.parties if one.state == BLOCKED]
    noun = "goroutine waits" if len(waiting) == 1 else "goroutines wait"
    head = f"Who waits for whom at {duration_text(graph.time)}: {len(waiting)} {noun}"
    parts = [head, *(_circle(cycle, names, graph) for cycle in graph.cycles)]
    told = {who for cycle in graph.cycles for who in cycle.goroutines}
    rest = [one.id for one in waiting if one.id not in told]
    parts += [_wait(who, names, graph) for who in rest[:MOST_TOLD]]
    if len(rest) > MOST_TOLD:
        parts.append(f"And {len(rest) - MOST_TOLD:,} more wait")
    return f"{'. '.join(parts)}."


def _circle(cycle: Cycle, names: Names, graph: WaitGraph) -> str:
    """`Deadlock: one waits for b, held by two, who waits for a, held by one`."""
    holds = {(one.thing, one.goroutine) for one in graph.helps if one.holds}
    text = names(cycle.goroutines[0])
    count = len(cycle.things)
    for number, thing in enumerate(cycle.things):
        other = cycle.goroutines[(number + 1) % count]
        word = "held by" if (thing, other) in holds else "where help could come from"
        text += f"{', who' if number else ''} waits for {thing}, {word} {names(other)}"
    return f"{'Deadlock' if cycle.is_deadlock else 'A circle, but others could help'}: {text}"


def _wait(who: int, names: Names, graph: WaitGraph) -> str:
    things = [one.thing for one in graph.waits if one.goroutine == who]
    if not things:
        return f"{names(who)} waits for nothing that could come"
    return f"{names(who)} waits for {' or '.join(_helped(one, names, graph) for one in things)}"


def _helped(thing: str, names: Names, graph: WaitGraph) -> str:
    helps = [one for one in graph.helps if one.thing == thing]
    if not helps:
        (words,) = (one.words for one in graph.things if one.name == thing)
        return f"{thing} ({words})"
    holders = [one.goroutine for one in helps if one.holds]
    if holders:
        return f"{thing}, held by {names.all(holders)}"
    return f"{thing}, where {names.all([one.goroutine for one in helps])} could help"
