"""Figures without pyplot, which is not thread-safe and keeps every figure alive."""

from __future__ import annotations

import io
import threading

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH = 9.0  # inches
DPI = 100

_drawing = threading.Lock()  # fonts and text layout are shared by all figures


class Picture(Figure):
    """A figure that a notebook shows, with its label as alt text."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, bytes], dict[str, dict[str, str]]]:
        return {"image/png": png(self)}, {"image/png": {"alt": str(self.get_label())}}


def new_axes(width: float = WIDTH, height: float = 2.5) -> Axes:
    """Axes on a new figure of so many inches."""
    figure = Picture(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def png(figure: Figure) -> bytes:
    """The figure as a PNG file."""
    with _drawing:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()


def nice_unit(duration: int) -> tuple[str, int]:
    """The unit in which a duration in nanoseconds reads well, and its size in nanoseconds."""
    for unit, size in (("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000)):
        if duration >= size:
            return unit, size
    return ("ns", 1) if duration else ("s", 1_000_000_000)
