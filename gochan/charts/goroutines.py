"""How many goroutines there are over program time, by state: leaks climb."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from ..analysis.words import ending
from ..runtime.clock import duration_text
from ..trace.trace import BLOCKED, Trace
from .axis import Along, check_trace
from .figure import axes_or_new, describe
from .frame import frame, key, note
from .population import ORDER, Population, population
from .signs import inks
from .style import LOOKS

HEIGHT = 2.9  # inches


def goroutines(trace: Trace, ax: Axes | None = None, axis: str | None = None) -> Axes:
    """Draws the number of goroutines, stacked by state: those that are blocked at the bottom.

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
    check_trace(trace, "goroutines")
    along = Along(trace, axis)
    geometry = population(trace, along)
    ax = axes_or_new(ax, HEIGHT)
    handles = _draw(ax, geometry, along)
    frame(ax, grid="y", lines=("bottom", "left"))
    along.fit(ax)
    ax.set_ylim(0, max(1, geometry.most) * 1.08)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    ax.set_ylabel("goroutines", color=inks(ax).text)
    key(ax, handles)
    note(ax, f"{geometry.left:,} left at the end" if geometry.left else "")
    describe(ax, description(trace, geometry))
    return ax


def _draw(ax: Axes, geometry: Population, along: Along) -> list[Patch]:
    places = [*geometry.places, along.end]
    below = [0] * len(places)
    handles = []
    for row, state in enumerate(ORDER):
        heights = [counts[row] for counts in geometry.counts]
        if not any(heights):
            continue
        heights.append(heights[-1])
        above = [low + high for low, high in zip(below, heights, strict=True)]
        look = LOOKS[state]
        ax.fill_between(
            places,
            below,
            above,
            step="post",
            facecolor=look.fill,
            edgecolor=look.color,
            hatch=look.hatch,
            linewidth=0.8,
            zorder=2,
        )
        handles.append(
            Patch(facecolor=look.fill, edgecolor=look.color, hatch=look.hatch, label=look.word)
        )
        below = above
    ax.step(places, below, where="post", color=inks(ax).text, linewidth=1.2, zorder=3)
    return handles


def description(trace: Trace, geometry: Population) -> str:
    """The alt text."""
    count = len(trace.goroutines)
    head = f"{count} goroutine{'s were' if count != 1 else ' was'} started"
    blocked = geometry.counts[-1][ORDER.index(BLOCKED)]
    left = f"{geometry.left} left at the end" if geometry.left else "none left at the end"
    if geometry.left and blocked:
        left += f", {blocked} of them blocked"
    return (
        f"Number of goroutines over {duration_text(trace.end)}: {head}, "
        f"at most {geometry.most} at a time, {left}. {ending(trace)}"
    )
