"""Figures without pyplot, which is not thread-safe and keeps every figure alive."""

from __future__ import annotations

import base64
import html
import io
import threading
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

Bundle = tuple[dict[str, Any], dict[str, Any]]

WIDTH = 9.0  # inches
DPI = 100

_drawing = threading.Lock()  # fonts and text layout are shared by all figures


class Picture(Figure):
    """A figure that a notebook shows, with its label as alt text, and a line below if need be."""

    caption = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        """The picture twice: JupyterLab reads alt text out of HTML only, other readers want PNG."""
        data, alt = png(self), str(self.get_label())
        encoded = base64.b64encode(data).decode("ascii")
        tag = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{encoded}">'
        if self.caption:
            tag += f"<div>{html.escape(self.caption)}</div>"
        return {"text/html": tag, "image/png": data}, {"image/png": {"alt": alt}}


def new_axes(width: float = WIDTH, height: float = 2.5) -> Axes:
    """Axes on a new figure of so many inches."""
    figure = Picture(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def legend_above(ax: Axes, handles: list[Any], **how: Any) -> None:
    """What the signs mean, in one line above the picture; no line if there is nothing to say."""
    if handles:
        ax.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(handles),
            frameon=False,
            fontsize=9,
            **how,
        )


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
