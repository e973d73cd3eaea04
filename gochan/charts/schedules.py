"""The tree of choices, drawn: where runs part, and which of them fail."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..analysis.findings import Findings, is_bad, rank, verdict
from ..analysis.findings import schedules as all_schedules
from .branches import Tree, tree
from .figure import legend_above, new_axes
from .outcomes import check_exploration
from .room import LONGEST_LABEL, SIGN, SLANT, STEM, Room, label, signs_at
from .signs import SIGNS, Place, draw_markers, draw_signs, inks, shortened, text_of

MARGINS = 0.95  # inches for the legend and the axis
READABLE = 0.112  # inches for a row of words at least
NAME_GAP = 0.19  # inches from one slanted name to the next
MOST_TOLD = 12  # steps in the alt text
STRONG = 3  # points


def schedules(exploration: Findings, ax: Axes | None = None) -> Axes:
    """Draws the tree of choices: runs that begin alike share a line until their choices differ.

    At the end of each branch stands what it came to. The straight line at the top is a failing run,
    the one of the worst kind that changes hands least often, with the names of those who went;
    if nothing fails it is the first run.

    Parameters
    ----------
    exploration
        What `explore` returned; its first 1,000 runs are drawn.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for anything else.
    """
    check_exploration(exploration, "schedules")
    geometry = tree(exploration)
    room = Room(geometry)
    if ax is None:
        ax = new_axes(height=MARGINS + room.height)
    else:
        room.fit(ax)
    _draw_lines(ax, geometry)
    _draw_ends(ax, geometry, room)
    _write_labels(ax, geometry, room)
    _write_names(ax, geometry, room)
    _finish(ax, exploration, geometry, room)
    ax.figure.set_label(description(exploration, geometry))
    return ax


def description(exploration: Findings, geometry: Tree) -> str:
    """The alt text."""
    runs = f"{geometry.runs:,} run{'s' if geometry.runs != 1 else ''}"
    depth = f"at most {geometry.depth:,} in each" if geometry.depth else "but there were none"
    sentences = [f"Tree of the choices in {runs}, {depth}", verdict(exploration)]
    if geometry.failure is not None:
        steps = ", ".join(step.text for step in geometry.steps[:MOST_TOLD])
        more = ", and so on" if len(geometry.steps) > MOST_TOLD else ""
        text = shortened(text_of(*geometry.failure), 2 * LONGEST_LABEL)
        sentences.append(
            f"{text} comes of {steps}{more}" if steps else f"{text} comes of no choice"
        )
    return f"{'. '.join(sentences)}."


def _draw_lines(ax: Axes, geometry: Tree) -> None:
    """One collection for what several runs share, one for each colour in which branches end."""
    ink = inks(ax)
    shared: list[list[Place]] = []
    ends: dict[str, list[list[Place]]] = defaultdict(list)
    for branch in geometry.branches:
        if branch.parent is not None:
            shared.append([(branch.start, branch.parent), (branch.start, branch.row)])
        start = branch.start if branch.parent is not None else -STEM
        shared.append([(start, branch.row), (branch.alone, branch.row)])
        kind = next(filter(is_bad, branch.kinds), branch.kinds[0])
        ends[kind].append([(branch.alone, branch.row), (branch.end, branch.row)])
    ax.add_collection(LineCollection(shared, colors=ink.line, linewidths=1, zorder=2))
    for kind, lines in ends.items():
        color = SIGNS[kind].color
        ax.add_collection(LineCollection(lines, colors=color, linewidths=1, zorder=3))
    if geometry.failure is not None:
        first = geometry.branches[0]
        color = SIGNS[geometry.failure[0]].color
        ax.plot(
            [-STEM, first.end],
            [first.row] * 2,
            color=color,
            linewidth=STRONG,
            solid_capstyle="round",
            zorder=4,
        )


def _draw_ends(ax: Axes, geometry: Tree, room: Room) -> None:
    """The signs, as large as the rows allow."""
    places: dict[tuple[str, float, int], list[Place]] = defaultdict(list)
    for branch in geometry.branches:
        for kind, at in zip(branch.kinds, signs_at(branch), strict=True):
            places[kind, at, branch.height].append((branch.end, branch.row))
    for (kind, at, height), points in places.items():
        size = min(7.0, max(2.5, 72 * room.row * height * 0.8))
        draw_signs(ax, points, kind, size, right=72 * at)
    folds: list[Place] = [
        (branch.end, branch.row) for branch in geometry.branches if branch.is_folded
    ]
    draw_markers(ax, folds, 3, marker="<", color=inks(ax).line, markersize=6)


def _write_labels(ax: Axes, geometry: Tree, room: Room) -> None:
    """What branches come to, where there is room to read it."""
    ink = inks(ax)
    for branch in geometry.branches:
        height = room.row * branch.height
        if height >= READABLE:
            ax.annotate(
                label(branch),
                (branch.end, branch.row),
                (72 * (signs_at(branch)[-1] + SIGN * 0.8), 0),
                textcoords="offset points",
                va="center",
                fontsize=9 if height >= 1.2 * READABLE else 8,
                color=ink.text,
                annotation_clip=False,
                in_layout=False,
                zorder=6,
            )


def _write_names(ax: Axes, geometry: Tree, room: Room) -> None:
    """Who went, along the first branch; a name that would cover the last one is left out."""
    ink = inks(ax)
    slanted = room.is_slanted
    free = -math.inf
    for step, text in room.names():
        if step.start * room.choice < free:
            continue
        free = step.start * room.choice + (NAME_GAP if slanted else 0)
        middle = step.start + (0.5 if slanted else (step.end - step.start) / 2)
        ax.annotate(
            text,
            (middle, geometry.branches[0].row),
            (0, 5),
            textcoords="offset points",
            ha="left" if slanted else "center",
            va="bottom",
            rotation=SLANT if slanted else 0,
            rotation_mode="anchor",
            fontsize=9,
            color=ink.text if geometry.failure else ink.quiet,
            annotation_clip=False,
            in_layout=False,
            zorder=6,
        )


def _finish(ax: Axes, exploration: Findings, geometry: Tree, room: Room) -> None:
    ink = inks(ax)
    ax.set_xlim(-STEM, room.end)
    ax.set_ylim(max(2, geometry.height), -room.above / room.row + 0.5)
    ax.set_yticks([])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, min_n_ticks=1))
    ticks = [tick for tick in ax.get_xticks() if 0 <= tick <= geometry.depth]
    ax.set_xticks(ticks, [f"{tick:,.0f}" for tick in ticks])
    ax.tick_params(axis="x", colors=ink.text, labelsize=9)
    ax.set_xlabel(_axis_label(exploration, geometry), color=ink.text, fontsize=10)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.grid(axis="x", color=ink.grid, linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    handles = _handles(geometry, ink.line)
    legend_above(ax, handles, labelcolor=ink.text, handlelength=1.4, columnspacing=1.2)


def _axis_label(exploration: Findings, geometry: Tree) -> str:
    parts = ["choices made" if geometry.depth else "no choices: there is one schedule"]
    if geometry.runs < all_schedules(exploration):
        parts.append(f"the first {geometry.runs:,} of {all_schedules(exploration):,} runs")
    if geometry.left_out:
        parts.append(f"{geometry.left_out:,} runs not drawn")
    return " · ".join(parts)


def _handles(geometry: Tree, line: str) -> list[Any]:
    kinds = sorted({kind for branch in geometry.branches for kind in branch.kinds}, key=rank)
    handles: list[Any] = [
        Line2D([], [], linestyle="", marker=SIGNS[kind].marker, color=SIGNS[kind].color, label=kind)
        for kind in kinds
    ]
    if any(branch.is_folded for branch in geometry.branches):
        handles.append(Line2D([], [], linestyle="", marker="<", color=line, label="more runs"))
    if geometry.failure is not None:
        color = SIGNS[geometry.failure[0]].color
        handles.append(Line2D([], [], color=color, linewidth=STRONG, label="fewest switches"))
    return handles
