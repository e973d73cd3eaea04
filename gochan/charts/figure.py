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

_drawing = threading.RLock()  # fonts and text layout are shared by all figures


def shown(figure: Figure, caption: str = "") -> Bundle:
    """The picture twice: JupyterLab reads alt text out of HTML only, other readers want PNG."""
    data, alt = png(figure), str(figure.get_label())
    encoded = base64.b64encode(data).decode("ascii")
    tag = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{encoded}">'
    if caption:
        tag += f"<div>{html.escape(caption)}</div>"
    bundle = {"text/html": tag, "image/png": data, "text/plain": alt}
    return bundle, {"image/png": {"alt": alt}}


class Picture(Figure):
    """A figure that a notebook shows, with its label as alt text, and a line below if need be."""

    caption = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return shown(self, self.caption)


class Shown(Axes):
    """Axes that a notebook shows as their whole picture: what a chart returns ends a cell well."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        figure = self.get_figure(root=True)
        assert isinstance(figure, Picture)  # no other figure has such axes
        return figure._repr_mimebundle_(include, exclude)


def new_axes(width: float = WIDTH, height: float = 2.5, paper: str = "white") -> Axes:
    """Axes on a new figure of so many inches, on light or dark paper."""
    figure = Picture(figsize=(width, height), dpi=DPI, layout="constrained", facecolor=paper)
    FigureCanvasAgg(figure)
    return figure.add_subplot(axes_class=Shown, facecolor=paper)


def axes_or_new(ax: Axes | None, height: float) -> Axes:
    """The axes that a chart was given, or new ones on a figure so many inches high.

    Raises TypeError for what is no Axes.
    """
    if ax is None:
        return new_axes(height=height)
    if not isinstance(ax, Axes):
        raise TypeError(f"ax is a matplotlib Axes, such as Figure().add_subplot(), not {ax!r}")
    return ax


def describe(ax: Axes, text: str) -> None:
    """Gives the axes their alt text, and their figure that of all its axes."""
    ax.set_label(text)
    figure = ax.get_figure(root=True)
    if figure is not None:
        texts = [str(one.get_label()) for one in figure.axes]
        figure.set_label(" ".join(one for one in texts if one))


def png(drawn: Figure | Axes) -> bytes:
    """The figure, or that of these axes, as a PNG file."""
    figure = drawn.get_figure(root=True) if isinstance(drawn, Axes) else drawn
    assert figure is not None
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
