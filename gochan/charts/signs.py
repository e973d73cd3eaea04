"""How the outcomes of an exploration look, and words on light and on dark paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.transforms import offset_copy

from ..analysis.explore.verdict import OK
from .style import INK, QUIET, SERIES, SERIES_ON_DARK


class Sign(NamedTuple):
    """How an outcome is drawn: colour, fill, hatch and shape, each its own."""

    color: str
    fill: str
    hatch: str
    marker: str


RED, ORANGE, VIOLET, GREY = "#e42536", "#f89c20", "#7a21dd", "#9c9ca1"

# Red is how a run ends badly; the shape says which way.
SIGNS = {
    "ok": Sign("#5790fc", "#5790fc", "", "o"),
    "deadlock": Sign(RED, "#fbdfe1", "////", "s"),
    "panic": Sign(RED, "#fbdfe1", "xxxx", "X"),
    "fatal": Sign(RED, "#fbdfe1", "++", "P"),
    "wrong": Sign(RED, "#fbdfe1", "\\\\\\\\", "v"),
    "budget": Sign(GREY, "#ededee", "--", "H"),
    "leak": Sign(ORANGE, "#fef0dd", "..", "^"),
    "race": Sign(VIOLET, "#e6d6f9", "||", "D"),
}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.2, contrast ratio.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(color)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ink_on(color: str) -> str:
    """The ink that can be read on a filled mark."""
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, color))


Place = tuple[float, float]  # in the data's units


class Inks(NamedTuple):
    """The colours of words and lines on one paper."""

    text: str
    quiet: str
    line: str
    grid: str
    paper: str
    series: tuple[str, ...]  # for several things beside each other

    def color(self, number: int) -> str:
        """The colour of the `number`th of several things."""
        return self.series[number % len(self.series)]


def inks(ax: Axes) -> Inks:
    """What can be read on these axes, which may be dark, or show the figure behind them."""
    color = to_rgba(ax.get_facecolor())
    if not color[3]:
        color = to_rgba(ax.figure.get_facecolor())
    red, green, blue, alpha = color
    if alpha and 0.3 * red + 0.59 * green + 0.11 * blue < 0.4:
        return Inks("#f0f0f0", "#b0b0b0", "#8a8a8a", "#444444", to_hex(color), SERIES_ON_DARK)
    paper = to_hex(color) if alpha else "#ffffff"
    return Inks(INK, QUIET, "#8a8a8a", "#dddddd", paper, SERIES)


def draw_signs(ax: Axes, places: Sequence[Place], kind: str, size: float, right: float) -> None:
    """Draws the sign of a kind at these places, so many points to the right of them."""
    sign = SIGNS[kind]
    draw_markers(ax, places, right, marker=sign.marker, color=sign.color, markersize=size)


def draw_markers(ax: Axes, places: Sequence[Place], right: float, **look: Any) -> None:
    """Draws one shape at these places, so many points to the right of them."""
    beside = offset_copy(ax.transData, ax.get_figure(root=True), x=right, units="points")
    xs, ys = [x for x, _ in places], [y for _, y in places]
    ax.plot(
        xs, ys, linestyle="", transform=beside, zorder=7, clip_on=False, in_layout=False, **look
    )


def shortened(text: str, longest: int) -> str:
    """A text with its end left out if it is too long."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def text_of(kind: str, detail: str) -> str:
    """`wrong: 1`, on one line; a program that returns nothing is just ok."""
    line = " ".join(detail.split())
    return kind if not line or (kind, line) == (OK, "None") else f"{kind}: {line}"
