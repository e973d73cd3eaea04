"""Measured times, side by side (a first version)."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes

from .figure import new_axes
from .signs import inks


def timings(
    samples: Mapping[str, Any],
    ax: Axes | None = None,
    what: str = "time",
    parameter: str = "parameter",
) -> Axes:
    """Draws measured times: a dot for each sample, and their median."""
    ax = new_axes(height=0.75 + 0.62 * len(samples)) if ax is None else ax
    ax.clear()
    ink = inks(ax)
    for row, (name, seconds) in enumerate(samples.items()):
        ax.plot(seconds, [row] * len(seconds), "o", color="#5790fc", alpha=0.7)
        if seconds:
            ax.plot([statistics.median(seconds)], [row], "|", color=ink.text, markersize=20)
        ax.text(0, row + 0.4, name, transform=ax.get_yaxis_transform(), color=ink.text)
    ax.set_xlabel(what, color=ink.text)
    ax.tick_params(colors=ink.text)
    ax.set_ylim(-0.5, len(samples))
    ax.set_xlim(left=0)
    ax.figure.set_label(f"Comparison of the {what} of {len(samples)} contenders.")
    return ax
