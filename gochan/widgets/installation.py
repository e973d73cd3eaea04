"""What a newcomer's machine has, in plain words, and a letter that proves it."""

from __future__ import annotations

import json
import platform
from typing import Any, NamedTuple

import anywidget
import traitlets
from IPython.display import display

from ..golang.cache import version
from ..golang.running import NoGo, find
from .assets import script, style
from .gates import bundle_of_widget
from .records import marked_up

LABEL = "Is everything here?"
NO_WIDGETS = (
    "If you still read this after the cell has run, this page shows no widgets, and so no buttons "
    "and sliders. Start it with `python3 start.py lab` from the folder of gochan, and reload the "
    "page."
)


class Part(NamedTuple):
    """One thing that the lessons need: is it there, its name in a word or two, and a sentence."""

    is_there: bool
    name: str
    text: str


class Installation(anywidget.AnyWidget):
    """Says in plain words what is here: Python, JupyterLab, widgets and the real Go.

    As the last line of a cell it shows one line each, and what to do if one is missing. The line
    about widgets is the browser's: the page sends a letter to Python, and says how long it took
    until it was back. So what it says is tried, not looked up.
    """

    _esm = script("parts", "live", "installation")
    _css = style("parts", "installation")

    data = traitlets.Unicode().tag(sync=True)  # JSON text: what Python knows
    still = traitlets.Unicode(LABEL).tag(sync=True)

    def __init__(self) -> None:
        self.parts = [_python(), _go()]
        super().__init__(data=json.dumps({"label": LABEL, "parts": self.parts}))
        self.on_msg(self._on_message)

    def _on_message(self, view: Any, message: Any, buffers: Any) -> None:
        if message.get("kind") == "letter":
            self.send(message)  # the letter itself, back to the page

    def __repr__(self) -> str:
        return LABEL  # what a page without widgets shows above the plain lines

    def _ipython_display_(self) -> None:
        """The widget, and plain lines for where it can't be shown; the widget hides those."""
        python, go = self.parts
        lines = [python, Part(False, "Widgets", NO_WIDGETS), go]
        items = "".join(f"<li>{marked_up(_line(part))}</li>" for part in lines)
        display(bundle_of_widget(self), raw=True)
        display(
            {
                "text/html": f'<div role="note" aria-label="{LABEL}"><ul>{items}</ul></div>',
                "text/plain": "\n".join(_line(part) for part in lines),
            },
            raw=True,
        )


def _line(part: Part) -> str:
    return f"{'✓' if part.is_there else '•'} {part.name}: {part.text}"


def _python() -> Part:
    return Part(
        True, "Python", f"{platform.python_version()} runs the cells, and has found gochan."
    )


def _go() -> Part:
    """The real Go, which the lessons can do without."""
    try:
        go = find()
    except NoGo as missing:
        return Part(
            False,
            "Go",
            f"is not here, so cells that begin with `%%go` show what was recorded ({missing}).",
        )
    number = version(go).removeprefix("go")
    return Part(True, "Go", f"{number} is here: cells that begin with `%%go` run on the real Go.")
