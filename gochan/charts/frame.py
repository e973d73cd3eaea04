"""What stands round every picture: ticks, lines, a row of signs above it, a note on the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from .placing import LETTER, inches
from .signs import inks

SMALL, NORMAL = 9, 10  # points


def frame(ax: Axes, grid: str = "x", lines: Sequence[str] = ("bottom",)) -> None:
    """Quiet lines, and words in the paper's ink. `lines` are the sides that have one."""
    ink = inks(ax)
    for side, spine in ax.spines.items():
        spine.set_visible(side in lines)
        spine.set_color(ink.line)
    ax.tick_params(colors=ink.text, labelsize=SMALL, length=3, color=ink.line)
    ax.xaxis.label.set(color=ink.text, fontsize=NORMAL)
    ax.yaxis.label.set(color=ink.text, fontsize=NORMAL)
    if grid:
        ax.grid(axis=grid, color=ink.grid, linewidth=0.6, zorder=0)  # type: ignore[arg-type]
    ax.set_axisbelow(True)


def key(ax: Axes, handles: Sequence[Any]) -> None:
    """What the marks mean, in a row above the picture, or in several if there are many."""
    if handles:
        letters = max(len(str(one.get_label())) for one in handles) + 6
        columns = max(1, int(inches(ax)[0] / LETTER / letters))
        rows = -(-len(handles) // max(columns, min(len(handles), 5)))
        ax.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            borderaxespad=0.2,
            ncols=-(-len(handles) // rows),
            frameon=False,
            fontsize=SMALL,
            labelcolor=inks(ax).text,
            handlelength=1.6,
            columnspacing=1.3,
        )


def note(ax: Axes, text: str) -> None:
    """A few quiet words at the right, above the picture: what is not drawn."""
    if text:
        ax.text(
            1,
            1.02,
            text,
            transform=ax.transAxes,
            ha="right",
            va="bottom",
            fontsize=SMALL,
            color=inks(ax).quiet,
        )


def say(ax: Axes, text: str) -> None:
    """A few quiet words in the middle of a picture that has nothing to draw."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", color=inks(ax).quiet)


def panels(ax: Axes, count: int) -> list[Axes]:
    """Divides axes into so many below each other; the lowest has the numbers of their x axis."""
    ax.set_axis_off()
    gap = 0.09
    height = (1 - gap * (count - 1)) / count
    bottoms = [(count - 1 - number) * (height + gap) for number in range(count)]
    parts = [ax.inset_axes((0, bottom, 1, height)) for bottom in bottoms]
    for part in parts:
        part.set_facecolor(ax.get_facecolor())
    for part in parts[:-1]:
        part.tick_params(labelbottom=False)
    return parts
