"""A chart that follows sliders: for what has no course in time that a Player could replay."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets
from IPython.display import display
from ipywidgets import VBox
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..charts.figure import png, shown
from ..errors import text_of
from .assets import script, style
from .controls import control
from .turns import TURN


class ChartView(anywidget.AnyWidget):
    """The browser's side: shows the picture."""

    _esm = script("parts", "chart")
    _css = style("parts", "chart")

    picture: Any = traitlets.Dict().tag(sync=True)  # `image` (a PNG in base64), `alt`, `problem`
    still = traitlets.Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return "Chart"


class Chart(VBox):
    """Shows the chart that a function draws, and has it drawn anew when a slider moves.

    Parameters
    ----------
    draw
        A function that returns axes, as those of `gochan.charts` do, or a figure. It is called with
        the parameters' values.
    **parameters
        One for each argument, in `ipywidgets.interact`'s abbreviations: `draws=(10, 4000)` is a
        slider, a list a menu, a bool a check box, any widget itself.

    What it raises is raised when the chart is made, and said in the picture's place later.

    Raises TypeError if the function takes no such parameter, or returns no chart.
    """

    def __init__(self, draw: Callable[..., Any], /, **parameters: Any) -> None:
        if not callable(draw):
            raise TypeError(f"Chart takes a function that draws, not {draw!r}")
        self._draw = draw
        self._name = getattr(draw, "__name__", "the function")
        signature = inspect.signature(draw)
        try:
            signature.bind(**parameters)
        except TypeError as error:
            message = f"Chart can't call {self._name} with these parameters: {error}"
            raise TypeError(message) from None
        self._controls = {
            name: control(name, given, signature.parameters[name].default)
            if name in signature.parameters
            else control(name, given)
            for name, given in parameters.items()
        }
        self._shown = self._values()
        self._figure = self._drawn(self._shown)
        self._view = ChartView(picture=_told(self._figure))
        for one in self._controls.values():
            one.observe(self._on_change, names="value")
        super().__init__([*self._controls.values(), self._view])

    def _values(self) -> dict[str, Any]:
        return {name: one.value for name, one in self._controls.items()}

    def _drawn(self, values: dict[str, Any]) -> Figure:
        with TURN:
            drawn = self._draw(**values)
            figure = drawn.get_figure(root=True) if isinstance(drawn, Axes) else drawn
            if not isinstance(figure, Figure):
                raise TypeError(f"{self._name} has to return axes or a figure, not {drawn!r}")
            return figure

    def _on_change(self, change: Any) -> None:
        """Draws for the newest values; when several callbacks wait, once for all."""
        with TURN:
            values = self._values()
            if values == self._shown:
                return
            self._shown = values
            try:
                self._figure = self._drawn(values)
                self._view.picture = _told(self._figure)
            except Exception as error:  # noqa: BLE001 - a callback's traceback would end in a log
                problem = f"{type(error).__name__}: {text_of(error)}"
                self._view.picture = {"image": "", "alt": "", "problem": problem}

    def __repr__(self) -> str:
        return f"Chart: {self._name}"  # what a page without widgets shows above the picture

    def _ipython_display_(self) -> None:
        """The widget, and a plain picture for readers without a kernel; the view hides that."""
        self._view.still = str(self._figure.get_label())
        display(self._repr_mimebundle_(), raw=True)
        bundle, metadata = shown(self._figure, "Run the cell in JupyterLab to move the sliders.")
        display(bundle, metadata=metadata, raw=True)


def _told(figure: Figure) -> dict[str, str]:
    image = base64.b64encode(png(figure)).decode("ascii")
    return {"image": image, "alt": str(figure.get_label()), "problem": ""}


__all__ = ["Chart"]
