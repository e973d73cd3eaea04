"""The Player: a program with its parameters, recorded at once and replayed in the browser."""

from __future__ import annotations

import base64
import functools
import gc
import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import anywidget
import traitlets
from IPython.display import display
from ipywidgets import ValueWidget, VBox, fixed
from matplotlib.figure import Figure

from ..charts.figure import png
from ..charts.show import picture
from ..program import Result, record
from ..trace.perfetto import perfetto_text
from ..trace.trace import Trace
from .assets import script, style
from .controls import control
from .knob import Knob
from .payload import payload
from .turns import TURN

OPTIONS = ("until", "seed", "procs", "max_steps", "timeout", "linger", "schedule")
DEFAULTS = {"max_steps": 200_000, "timeout": 5.0}
DRAWN = ("parts", "sweep", "story", "scene", "timeline", "tables")
ASKED = ("zoom", "lanes", "search", "chosen", "export", "keys")


class View(anywidget.AnyWidget):
    """The browser's side: draws `data` and plays it; knows no program."""

    _esm = script(*DRAWN, *ASKED, "player")
    _css = style("parts", "player")

    data = traitlets.Unicode().tag(sync=True)  # JSON text: a dict is searched for buffers, slowly
    knobs: Any = traitlets.List().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    still = traitlets.Unicode().tag(sync=True)
    below: Any = traitlets.Dict().tag(sync=True)

    def __repr__(self) -> str:
        return f"Player: {self.title}"


class Player(VBox):
    """Runs a program, shows what happens step by step, and runs it anew when a slider moves.

    Parameters
    ----------
    program
        A function, run as main with the parameters' values as arguments; or a Trace, such as that
        of a real Go program, which is played as it is and takes no parameters.
    **parameters
        One for each argument, in `ipywidgets.interact`'s abbreviations: `capacity=(0, 16)` is a
        slider, a list a menu, a bool a check box, any widget itself, `live(1, 50)` a slider that
        changes the program while it plays. `until`, `seed`, `procs` and the other options of
        `record` may be given too, fixed or as such parameters.
    below
        A function that draws a chart of each run: a Result in, a matplotlib figure out, shown below
        the Player. The figure's label is its alt text.

    Raises TypeError if the program takes no such parameter.
    """

    def __init__(
        self,
        program: Callable[..., Any] | Trace,
        /,
        *,
        below: Callable[[Result], Figure] | None = None,
        **parameters: Any,
    ) -> None:
        self._given: Trace | None = None
        if isinstance(program, Trace):
            if below is not None or parameters:
                raise TypeError("a Trace is played as it is: it takes no parameters and no below")
            self._given, program = program, recorded_run
        if not callable(program):
            raise TypeError(f"Player takes a program (a function) or a Trace, not {program!r}")
        _check_names(program, parameters)
        self._program = program
        self._below = below
        self._lives = {n: p for n, p in parameters.items() if isinstance(p, Knob)}
        self._controls = {
            name: _control(name, given, program)
            for name, given in parameters.items()
            if not isinstance(given, Knob)
        }
        self._shown: Any = None
        self.result: Result | None = None
        name = getattr(program, "__name__", "program")
        if self._given is not None:
            name = "recorded run"
        self._view = View(title=name, knobs=[_knob(n, one) for n, one in self._lives.items()])
        self._view.on_msg(self._on_message)
        for one in self._controls.values():
            one.observe(self._on_change, names="value")
        visible = [c for c in self._controls.values() if not isinstance(c, fixed)]
        super().__init__([*visible, self._view])
        self._refresh()

    def turn(self, name: str, value: float, after: int) -> None:
        """Turns a live parameter at a point of the replay: `after` is the stop's number."""
        with TURN:
            stops = self._trace().steps()
            stop = min(max(after, 0), len(stops) - 1)
            self._lives[name].turn(value, stops[stop][0].step)
            self._shown = None
        self._refresh()

    def __repr__(self) -> str:
        return f"Player: {self._view.title}"  # what a page without widgets shows above the picture

    def _on_change(self, change: Any) -> None:
        self._refresh()

    def _on_message(self, view: Any, message: Any, buffers: Any) -> None:
        if message.get("kind") == "turn":
            self.turn(message["name"], message["value"], message["after"])
        elif message.get("kind") == "perfetto":
            with TURN:
                text = perfetto_text(self._trace())
            self._view.send({"kind": "perfetto", "text": text})

    def _refresh(self) -> None:
        """Runs the program with the newest values; when several callbacks wait, once for all."""
        with TURN, _collector_waiting():
            values = {name: control.value for name, control in self._controls.items()}
            if values == self._shown:
                return
            self._shown = values
            self.result = self._record(values) if self._given is None else None
            with self._view.hold_sync():  # one message: the browser draws once
                self._view.below = self._chart()
                self._view.data = json.dumps(payload(self._trace()), separators=(",", ":"))

    def _chart(self) -> dict[str, str]:
        if self._below is None:
            return {}
        assert self.result is not None
        figure = self._below(self.result)
        image = base64.b64encode(png(figure)).decode("ascii")
        return {"image": image, "alt": str(figure.get_label())}

    def _trace(self) -> Trace:
        if self._given is not None:
            return self._given
        assert self.result is not None  # it was recorded when the Player was made
        assert self.result.trace is not None
        return self.result.trace

    def _record(self, values: dict[str, Any]) -> Result:
        options = {name: values[name] for name in OPTIONS if name in values}
        arguments = {name: value for name, value in values.items() if name not in OPTIONS}
        main = functools.partial(self._program, **arguments, **self._lives)
        return record(main, **{**DEFAULTS, **options})

    def _ipython_display_(self) -> None:
        """The widget, and a plain picture for readers without a kernel; the view hides that."""
        still = picture(self._trace())
        still.caption = "Run the cell in JupyterLab to play this."
        self._view.still = str(still.get_label())
        display(self._repr_mimebundle_(), raw=True)
        display(still)


def recorded_run() -> None:
    """Stands for the program of a Trace that was given."""


@contextmanager
def _collector_waiting() -> Iterator[None]:
    """Puts the garbage collector off: a full collection of a kernel's objects takes 70 ms."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _check_names(program: Callable[..., Any], parameters: dict[str, Any]) -> None:
    arguments = {name: None for name in parameters if name not in OPTIONS}
    try:
        inspect.signature(program).bind(**arguments)
    except TypeError as error:
        name = getattr(program, "__name__", "the program")
        raise TypeError(f"Player can't call {name} with these parameters: {error}") from None


def _control(name: str, given: Any, program: Callable[..., Any]) -> ValueWidget:
    """The widget for a parameter, made as `interact` makes it."""
    if name in OPTIONS and not isinstance(given, (tuple, list, ValueWidget)):
        return fixed(given)
    parameter = inspect.signature(program).parameters.get(name)
    default = parameter.default if parameter is not None else inspect.Parameter.empty
    return control(name, given, default)


def _knob(name: str, knob: Knob) -> dict[str, Any]:
    return {
        "name": name,
        "low": knob.low,
        "high": knob.high,
        "step": knob.step,
        "value": knob.value,
    }
