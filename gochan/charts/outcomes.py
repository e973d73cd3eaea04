"""What came of the schedules: a bar for each outcome of an exploration."""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..analysis.findings import Findings, Outcome, is_bad, rank, schedules
from .figure import axes_or_new, describe
from .signs import SIGNS, draw_signs, inks, shortened, text_of

MOST_ROWS = 14
LONGEST_LABEL = 88  # characters, above a bar on a figure of its own
ROW = 0.5  # inches
BAR, LABEL = (0.5, 0.86), 0.26  # in its row, from the top: where the bar is, and the words above it


class Row(NamedTuple):
    """One outcome, from top to bottom: its words, and how often it came."""

    kind: str
    text: str
    runs: int


class Rows(NamedTuple):
    """The geometry: the rows, and how many outcomes have none of their own."""

    rows: tuple[Row, ...]
    folded: int


def outcomes(exploration: Findings, ax: Axes | None = None) -> Axes:
    """Draws how often each outcome came: first what is right, then what is bad, the worst first.

    Parameters
    ----------
    exploration
        What `explore` returned.
    ax
        The axes to draw in; new ones, on a figure of their own, if None.

    Returns the axes. Their figure's label is the alt text.

    Raises TypeError for anything else.
    """
    check_exploration(exploration, "outcomes")
    geometry = rows(exploration)
    ax = axes_or_new(ax, 0.75 + ROW * max(1, len(geometry.rows)))
    _draw(ax, geometry)
    _finish(ax, geometry)
    describe(ax, description(exploration))
    return ax


def check_exploration(thing: object, who: str) -> None:
    """Raises TypeError, in a sentence, for what is no exploration."""
    if not (hasattr(thing, "outcomes") and hasattr(thing, "paths")):
        raise TypeError(
            f"{who} draws an Exploration, not {type(thing).__name__}: use explore(main)"
        )


def rows(exploration: Findings, longest: int = LONGEST_LABEL) -> Rows:
    """The rows in the order in which they are drawn, at most 14."""
    found = _in_order(exploration)
    shown = found[:MOST_ROWS]
    return Rows(
        tuple(
            Row(kind, shortened(text_of(kind, detail), longest), n) for (kind, detail), n in shown
        ),
        len(found) - len(shown),
    )


def _in_order(exploration: Findings) -> list[tuple[Outcome, int]]:
    return sorted(
        exploration.outcomes.items(), key=lambda item: (rank(item[0][0]), -item[1], item[0])
    )


def description(exploration: Findings) -> str:
    """The alt text."""
    runs = schedules(exploration)
    found = [
        f"{count:,} x {shortened(text_of(kind, detail), LONGEST_LABEL)}"
        for (kind, detail), count in _in_order(exploration)
    ]
    more = f"; and {len(found) - MOST_ROWS:,} more" if len(found) > MOST_ROWS else ""
    covered = ", which are all schedules" if exploration.complete else ", not exhaustive"
    return (
        f"Outcomes of {runs:,} run{'s' if runs != 1 else ''}{covered}: "
        f"{'; '.join(found[:MOST_ROWS]) or 'none'}{more}."
    )


def _draw(ax: Axes, geometry: Rows) -> None:
    ink = inks(ax)
    top, bottom = BAR
    for number, row in enumerate(geometry.rows):
        sign = SIGNS[row.kind]
        ax.broken_barh(
            [(0, row.runs)],
            (number + top, bottom - top),
            facecolor=sign.fill,
            edgecolor=sign.color,
            hatch=sign.hatch,
            linewidth=1,
            zorder=2,
        )
        words: dict[str, Any] = {"ha": "left", "va": "center", "color": ink.text, "fontsize": 11}
        ax.annotate(
            f"{row.runs:,}",
            (row.runs, number + (top + bottom) / 2),
            (5, 0),
            textcoords="offset points",
            fontweight="bold",
            **words,
        )
        ax.annotate(
            row.text,
            (0, number + LABEL),
            (19, 0),
            textcoords="offset points",
            fontweight="bold" if is_bad(row.kind) else "normal",
            **words,
        )
        draw_signs(ax, [(0, number + LABEL)], row.kind, 8, right=9)


def _finish(ax: Axes, geometry: Rows) -> None:
    ink = inks(ax)
    most = max((row.runs for row in geometry.rows), default=1)
    ax.set_xlim(0, most * 1.1)
    ax.set_ylim(max(1, len(geometry.rows)) + 0.05, 0)
    ax.set_yticks([])
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.tick_params(axis="x", colors=ink.text, labelsize=9)
    ax.set_xlabel("runs", color=ink.text, fontsize=10)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
    ax.spines["left"].set_color(ink.text)
    ax.grid(axis="x", color=ink.grid, linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    if not geometry.rows:
        ax.text(0.02, 0.5, "no outcome", transform=ax.transAxes, color=ink.quiet)
    if geometry.folded:
        text = f"and {geometry.folded:,} more outcomes"
        ax.text(1, 1.01, text, transform=ax.transAxes, ha="right", fontsize=9, color=ink.quiet)
