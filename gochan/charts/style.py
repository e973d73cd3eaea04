"""One palette and one grammar of marks for every picture, still or live.

The colours are matplotlib's petroff6, which keep their distance under colour blindness; the hatch
says the same a second time. The Player gets this table too, so both draw alike.
"""

from __future__ import annotations

from typing import NamedTuple

from ..runtime.goroutine import RUNNABLE, RUNNING, WORKING
from ..trace.trace import BLOCKED, SLEEPING


class Look(NamedTuple):
    """How a state is drawn: strong colour, fill, colour of text on it, hatch, and its word."""

    color: str
    fill: str
    text: str
    hatch: str
    word: str


INK = "#222222"

LOOKS: dict[str, Look] = {
    RUNNING: Look("#5790fc", "#5790fc", INK, "", "running"),
    WORKING: Look("#7a21dd", "#7a21dd", "#ffffff", "", "working"),
    RUNNABLE: Look("#9c9ca1", "#ededee", INK, "--", "runnable"),
    BLOCKED: Look("#e42536", "#fbdfe1", INK, "////", "blocked"),
    SLEEPING: Look("#f89c20", "#fef0dd", INK, "..", "sleeping"),
}

# Several things beside each other, on light and on dark paper. Each has a shape of its own as well.
SERIES = ("#2f6bd8", "#ad5f00", "#c81e30", "#7a21dd", "#5f6068", "#964a8b")
SERIES_ON_DARK = ("#7fabff", "#f89c20", "#ff7580", "#b98af5", "#c4c4ca", "#e29bd6")
SHAPES = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")

CANCEL_MARK = ("8", "#b35900", 9)  # a stop sign: shape, colour, size in points

QUIET = "#767676"
BAR_HEIGHT = 0.6
MOST_LANES = 12
MOST_VALUE_LABELS = 40
