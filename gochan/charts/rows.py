"""Rows of one grammar: a name and a few words above, dots or bars below them.

The words stand inside the axes, so they need no margin and no row's words can cover another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text

from .frame import NORMAL
from .placing import LETTER, inches
from .signs import inks, shortened

ROW = 0.62  # inches
WORDS, DOTS, SPREAD = 0.22, 0.66, 0.22  # in its row, from the top: words, dots, how far these go

Point = tuple[float, float]
Words = tuple[Text, Text]


def new_words(ax: Axes, row: float) -> Words:
    """The texts of a row, which are empty yet: at the left, and at the right."""
    return _text(ax, row, 0, "left", "bold"), _text(ax, row, 1, "right", "normal")


def write(ax: Axes, words: Words, name: str, told: str) -> None:
    """Fills them, and leaves out what there is no room for."""
    room = int(inches(ax)[0] / LETTER)
    left, right = words
    left.set_text(shortened(name, max(8, room - len(told) - 2)))
    right.set_text(shortened(told, max(8, room - len(left.get_text()) - 2)))


def _text(ax: Axes, row: float, x: float, align: Any, weight: str) -> Text:
    ink = inks(ax)
    return ax.text(
        x,
        row + WORDS,
        "",
        transform=ax.get_yaxis_transform(),
        ha=align,
        va="center",
        fontsize=NORMAL,
        fontweight=weight,
        color=ink.text,
        zorder=6,
        bbox={"facecolor": ink.paper, "edgecolor": "none", "pad": 0.8},
    )


def dots(row: int, values: Sequence[float]) -> list[Point]:
    """Sorted values, moved up and down by turns so that few cover each other."""
    spread = SPREAD * min(1.0, (len(values) - 1) / 12)
    return [
        (value, row + DOTS + spread * (2 * (number * 0.618034 % 1) - 1))
        for number, value in enumerate(values)
    ]


def dot_size(most: int) -> float:
    """Points: the more dots in a row, the smaller."""
    return 6.0 if most <= 30 else 4.5 if most <= 200 else 3.0
