"""The controls for parameters, as `ipywidgets.interact` abbreviates them."""

from __future__ import annotations

import inspect
from typing import Any

from ipywidgets import ValueWidget, fixed
from ipywidgets.widgets.interaction import interactive


def control(name: str, given: Any, default: Any = inspect.Parameter.empty) -> ValueWidget:
    """The widget for a parameter: `(1, 64)` is a slider, a list a menu, a bool a check box.

    Parameters
    ----------
    name, given
        The parameter, and its range, list, bool, text, or any widget itself.
    default
        The value to begin with, if it has one.

    Raises TypeError for what is nothing of these.
    """
    widget = interactive.widget_from_abbrev(given, default)
    if widget is None:
        raise TypeError(f"{name}={given!r} is no range, list, bool, text, widget or live(...)")
    if not widget.description and not isinstance(widget, fixed):
        widget.description = name.replace("_", " ")
        widget.style = {"description_width": "initial"}  # a long name is shown whole
    return widget
