"""A result that is shown only after a prediction was committed.

The cell that reveals runs its program at once and takes what it would display. Until the
commitment it shows a lock instead, and beside it, for readers without a kernel, the result in a
closed box that a click opens. Both stand in outputs that can be replaced later: the commitment puts
the result in their place, whatever it is, without running the cell again.
"""

from __future__ import annotations

import base64
import html
import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

import anywidget
import traitlets
from IPython.display import display
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure

from ..charts.figure import Picture, png
from .assets import script, style
from .records import plain_html

WIDGET = "application/vnd.jupyter.widget-view+json"
OPEN_AFTER = "Result: open after you have predicted"
FEWEST_SLOTS = 2  # one for the lock, one for the closed box


class Shown(NamedTuple):
    """One output of a cell."""

    data: dict[str, Any]
    metadata: dict[str, Any]


class Lock(anywidget.AnyWidget):
    """The browser's side: says what is to be done first, until `is_open`."""

    _esm = script("parts", "live", "lock")
    _css = style("parts", "predict")

    question = traitlets.Unicode().tag(sync=True)
    is_open = traitlets.Bool(False).tag(sync=True)

    def __repr__(self) -> str:
        return "Commit your prediction above first."


class Gate:
    """The outputs of one revealing cell."""

    def __init__(self, question: str, shown: list[Shown]) -> None:
        self._shown = shown
        self._lock = Lock(question=question)
        count = max(FEWEST_SLOTS, len(shown))
        self._slots = [uuid.uuid4().hex for _ in range(count)]

    def close(self) -> None:
        """Displays the lock and the closed box, and takes the room that the result will need."""
        closed = [Shown(bundle_of_widget(self._lock), {}), _closed_box(self._shown)]
        for at, slot in enumerate(self._slots):
            _display(closed[at] if at < len(closed) else Shown({}, {}), slot)

    def open(self) -> None:
        """Puts the result in their place; may be called in any thread."""
        for at, slot in enumerate(self._slots):
            shown = self._shown[at] if at < len(self._shown) else Shown({}, {})
            _display(shown, slot, update=True)
        self._lock.is_open = True  # for a page that was loaded anew and has no place for the result


def bundle_of_widget(widget: anywidget.AnyWidget) -> dict[str, Any]:
    """What a widget's output holds."""
    bundle = widget._repr_mimebundle_()
    assert bundle is not None  # it has a view
    return bundle[0]


def taken(results: Iterable[Any]) -> list[Shown]:
    """What the results display: a function is called, anything else displayed as it is."""
    shown: list[Shown] = []
    for result in results:
        with capture_output() as captured:
            value = result() if callable(result) else result
            if value is not None and not isinstance(value, str):
                display(_displayable(value))
        printed = captured.stdout + captured.stderr + (value if isinstance(value, str) else "")
        if printed:
            shown.append(_text(printed))
        shown += _settled(captured.outputs)
    return shown


def _settled(outputs: Iterable[Any]) -> list[Shown]:
    """The outputs as they stand in the end: a bar that was updated and taken away is none."""
    last: dict[Any, Shown] = {}
    for number, output in enumerate(outputs):
        slot = (output.transient or {}).get("display_id", number)
        last[slot] = Shown(dict(output.data or {}), dict(output.metadata or {}))
    return [shown for shown in last.values() if any(shown.data.values())]


def show(shown: Iterable[Shown]) -> None:
    """Displays what was taken."""
    for one in shown:
        display(one.data, metadata=one.metadata, raw=True)


def _display(shown: Shown, slot: str, *, update: bool = False) -> None:
    display(shown.data, metadata=shown.metadata, raw=True, display_id=slot, update=update)


def _displayable(value: Any) -> Any:
    """A bare figure is shown as a picture, which it is not without pyplot."""
    if not isinstance(value, Figure) or isinstance(value, Picture):
        return value
    return _Bare(value)


class _Bare:
    """Shows a figure of matplotlib's own kind, with its label as alt text."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        data, alt = png(self._figure), str(self._figure.get_label())
        return {"image/png": data, "text/html": _image(data, alt)}, {"image/png": {"alt": alt}}


def _text(printed: str) -> Shown:
    return Shown({"text/html": f"<pre>{html.escape(printed)}</pre>", "text/plain": printed}, {})


def _closed_box(shown: Iterable[Shown]) -> Shown:
    inner = "".join(map(_static, shown)) or "<div>The program shows nothing.</div>"
    box = f"<details><summary>{OPEN_AFTER}</summary>{inner}</details>"
    return Shown({"text/html": plain_html(box), "text/plain": OPEN_AFTER}, {})


def _static(shown: Shown) -> str:
    """An output as HTML; of a widget nothing, since a plain picture stands beside it."""
    data, metadata = shown
    if WIDGET in data:
        return ""
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            return str(data[kind])
    if "image/png" in data:
        return _image(data["image/png"], metadata.get("image/png", {}).get("alt", ""))
    words = data.get("text/markdown", data.get("text/latex", data.get("text/plain", "")))
    return f"<pre>{html.escape(str(words))}</pre>" if words else ""


def _image(data: bytes | str, alt: str) -> str:
    text = base64.b64encode(data).decode("ascii") if isinstance(data, bytes) else data
    return f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{text}">'
