"""The chart of a measurement, drawn again and again on the same axes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.colors import is_color_like

from ..charts.figure import Picture, png
from ..charts.signs import inks
from ..charts.timings import timings

LIGHT = "#ffffff"
LINE = 92  # characters of a message's line on the chart
MOST_LINES = 4
MARGIN = 0.3  # inches at the left and right, for half the label of a tick at the end

Samples = Mapping[str, Sequence[float]]


class Chart:
    """Draws samples; the figure stays the same, so that only its marks move."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._axes: Any = None
        self._laid_out: tuple[str, str] | None = None

    def draw(
        self,
        samples: Samples,
        at: str,
        message: str,
        paper: str = LIGHT,
        absent: Mapping[str, str] | None = None,
        *,
        besides: Mapping[str, str] | None = None,
    ) -> Picture:
        """The chart with a message above it.

        Parameters
        ----------
        samples
            Seconds by contender.
        at
            The parameters, such as `goroutines = 8`, empty if there are none.
        message
            What went wrong, empty if nothing did.
        paper
            The colour behind it; the words take a colour that is readable on it.
        absent
            Why somebody can't be measured here, by contender.
        besides
            What is said of a contender besides, such as its memory.
        """
        what = f"{self.what}, {at}" if at else self.what
        if self._axes is None:
            self._axes = timings(samples, what=what, absent=absent, besides=besides)
        figure = self._axes.get_figure(root=True)
        figure.set_facecolor(paper if is_color_like(paper) else LIGHT)
        self._axes.set_facecolor(figure.get_facecolor())
        timings(samples, self._axes, what=what, absent=absent, besides=besides)
        for line in self._axes.lines:
            line.set_in_layout(False)  # without points it would count as one at the figure's corner
        self._axes.set_title(
            _wrapped(message), loc="left", fontsize=11, color=inks(self._axes).text, pad=8
        )
        if message:
            figure.set_label(f"{figure.get_label()} {message}")
        # More samples need no more room: it is found once, which saves a third of the work.
        words = (what, message)
        if words == self._laid_out:
            figure.set_layout_engine("none")
        else:
            figure.set_layout_engine("constrained", w_pad=MARGIN)
        self._laid_out = words
        assert isinstance(figure, Picture)
        return figure

    def image(
        self,
        samples: Samples,
        at: str,
        message: str,
        paper: str,
        *,
        absent: Mapping[str, str],
        besides: Mapping[str, str],
    ) -> tuple[bytes, str]:
        """The chart as a PNG file, and its alt text."""
        figure = self.draw(samples, at, message, paper, absent, besides=besides)
        return png(figure), str(figure.get_label())


def _wrapped(message: str) -> str:
    if not message:
        return ""
    lines = textwrap.wrap(f"⚠ {message}", LINE)
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] += " …"
    return "\n".join(kept).replace("$", r"\$")
