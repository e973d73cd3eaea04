"""Live: contenders are measured in a process of their own, and the chart grows as samples come.

The kernel stays free: a thread follows the process and sends the view what is new. Whatever sets
the view's traits does it under the lock, and for the newest measurement only.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import anywidget
import traitlets
from IPython.display import display
from ipywidgets import VBox, fixed

from ..golang.magic import FIRST as COMPILES_FIRST
from ..golang.quoting import Block
from ..golang.show import Live as Below
from ..golang.show import words
from ..measuring.functions import Functions
from ..measuring.machine import MACHINE
from ..measuring.measurement import FAILED, Measurement
from ..measuring.source import Source
from .assets import script, style
from .cells import in_place_of_earlier
from .controls import control
from .timing_chart import LIGHT, Chart
from .timing_words import columns, rows, sizes, status

FIRST = 0.5  # seconds that are measured before a view is there, if it ever is
LONGEST_FIRST, MORE_FOR_EACH = 1.9, 0.3  # seconds for which the cell waits for that
LONGEST_BEFORE = 60.0  # seconds for which it waits, besides, while Go compiles
LONGEST = 600.0
SETTLE = 0.06  # seconds for which a slider has to rest before a process is started
PERIOD = 0.14  # seconds from one picture to the next
SHARE = 0.4  # of a processor, at most, for drawing
QUIET = 0.25  # seconds after which the clock is shown without new samples
LONGEST_PRINTED = 1_000  # characters

ROUTE = "_reply_subshell_id"
WAITING = "waiting"
WAITS = "Waits until the other measurement is over."


class TimingView(anywidget.AnyWidget):
    """The browser's side: shows the picture, the clock and the table; measures nothing."""

    _esm = script("parts", "timing")
    _css = style("parts", "timing")

    title = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)  # JSON text: see `Live._state`
    image = traitlets.Bytes().tag(sync=True)  # a PNG file
    still = traitlets.Unicode().tag(sync=True)
    paper = traitlets.Unicode(LIGHT).tag(sync=True)  # the theme's colour, told by the browser

    def _send(self, msg: Any, buffers: Any = None) -> None:
        """Sends, and leaves it to the browser which of the kernel's threads hears the answer.

        ipykernel 7.4 would have it heard where this was last sent from: in the main thread, so that
        a Stop would wait for a busy cell. Other versions know no such mark.
        """
        super()._send(msg, buffers)
        if hasattr(self.comm, ROUTE):
            delattr(self.comm, ROUTE)

    def __repr__(self) -> str:
        return f"Live: {self.title}"


class Live(VBox):
    """Measures contenders side by side while you watch, and anew when a slider moves.

    A contender is a function; it is sent to a process of its own with everything it uses, and run
    there as main of a program, again and again. They take turns, so that a slow phase of the
    machine hits all of them; a first round, for warming up, doesn't count. A sample is the time of
    a call; if the function takes `n`, it has to do so many operations, and a sample is the time of
    one of them. Program time costs nothing here: what is measured is the real time of a run.

    Without a browser, few samples are measured while the cell runs, and that is all.

    Parameters
    ----------
    contenders
        Functions by name, such as `{"mutex": count_with_mutex, "channel": count_with_channel}`; or
        a list of functions; or names of ready ones, such as "gochan.unbuffered", "threads.mutex".
        Go's own benchmarks may be among them: `{"Go mutex": golang.Benchmark(source, "Mutex")}`. Or
        any other source of samples: `gochan.measuring.source` says what that is.
    seconds
        For how long a measurement goes on.
    run
        False for functions that call `run` themselves, or no goroutines at all: then they are
        called as they are.
    memory
        True to measure besides what a call needs at most, once, in a process of its own; a column
        shows it. A Go benchmark tells it itself: `b.ReportMetric(size, "bytes")`. It is left out
        where the system doesn't tell, and for functions that take `n`.
    **parameters
        One for each argument of the contenders, in `ipywidgets.interact`'s abbreviations:
        `goroutines=(1, 64)` is a slider. A contender gets those that it takes; a Go benchmark those
        that are variables of its program, and `cpu`, the number of its processors.

    A contender that can't be measured with some parameters raises `NotHere("why")`: its row says
    so, and the others go on.

    Raises TypeError for what can't be called so, or not be sent to another process.
    """

    def __init__(
        self,
        contenders: Any,
        /,
        *,
        seconds: float = 3.0,
        run: bool = True,
        memory: bool = False,
        **parameters: Any,
    ) -> None:
        self._seconds = _checked_seconds(seconds)
        self._source = _source(contenders, run, memory)
        self._with_memory = memory
        self._source.check(parameters)
        self._controls = {
            name: control(name, given, self._source.default(name))
            for name, given in parameters.items()
        }
        self._source.command(self._values(), 0)  # what can't be sent is refused at once
        self._lock = threading.RLock()
        self._chart = Chart(self._source.what)
        self._measurement: Measurement | None = None
        self._at = ""  # the parameters, in words
        self._alt = ""
        self._is_watched = False
        self._waits = False
        self._heard = 0  # the number of the browser's last message
        self._drawn: tuple[Any, ...] = ()
        self._view = TimingView(title=", ".join(self._source.contenders))
        self._view.on_msg(self._on_message)
        self._view.observe(self._on_paper, names="paper")
        visible = [one for one in self._controls.values() if not isinstance(one, fixed)]
        super().__init__([*visible, self._view])
        in_place_of_earlier(self)
        self._measure_first()
        for one in self._controls.values():
            one.observe(self._on_change, names="value")

    @property
    def samples(self) -> dict[str, list[float]]:
        """The seconds that were measured so far, by contender."""
        measurement = self._measurement
        assert measurement is not None
        return {name: list(seconds) for name, seconds in measurement.samples.items()}

    def restart(self) -> None:
        """Measures anew, with the parameters as they are now."""
        MACHINE.take(self)

    def stop(self) -> None:
        """Ends the measurement; what was measured stays."""
        MACHINE.leave(self)
        with self._lock:
            self._waits = False
            self._end()
            self._send(self._measurement)

    def __repr__(self) -> str:
        return f"Live: {self._view.title}"  # what a page without widgets shows above the picture

    # -- a measurement -----------------------------------------------------------------------------

    def begin(self) -> Measurement:
        """Begins a new measurement in place of the last one; called by the machine."""
        with self._lock:
            self._end()
            values = self._values()
            seconds = self._seconds if self._is_watched else min(FIRST, self._seconds)
            measurement = Measurement(self._source, values, seconds)
            self._measurement = measurement
            self._waits = False
            self._at = ", ".join(f"{name} = {value}" for name, value in values.items())
            self._send(measurement)
        name = f"Live: {self._view.title}"
        threading.Thread(target=self._follow, args=(measurement,), name=name, daemon=True).start()
        return measurement

    def give_way(self) -> None:
        """Ends the measurement for another one; called by the machine."""
        with self._lock:
            self._waits = True
            self._end()
            self._send(self._measurement)

    def _end(self) -> None:
        if self._measurement is not None:
            self._measurement.stop()

    def _values(self) -> dict[str, Any]:
        return {name: one.value for name, one in self._controls.items()}

    def _measure_first(self) -> None:
        """Few samples, before the cell is over: a saved notebook has a picture, headless or not."""
        MACHINE.take(self)
        measurement = self._measurement
        assert measurement is not None
        try:
            longest = LONGEST_FIRST + MORE_FOR_EACH * len(measurement.samples)
            measurement.wait(longest)
            if measurement.doing:
                _wait_while_doing(measurement)
                measurement.wait(longest)
        except BaseException:  # KeyboardInterrupt above all
            self.stop()
            raise

    def _follow(self, measurement: Measurement) -> None:
        """Shows what comes until it is over, seldom enough to leave the processor to others."""
        if self._is_watched:
            measurement.pause(SETTLE)
        measurement.start()
        try:
            while measurement.follow(QUIET):
                begun, busy = time.monotonic(), time.thread_time()
                self._show(measurement)
                busy, took = time.thread_time() - busy, time.monotonic() - begun
                measurement.pause(max(PERIOD - took, busy / SHARE - took, 0))
            self._show(measurement)
        finally:
            measurement.stop()
            MACHINE.over(measurement)

    # -- what is shown -----------------------------------------------------------------------------

    def _show(self, measurement: Measurement) -> None:
        """Sends the view the picture, if it is another one than before, and the state."""
        with self._lock:
            if measurement is not self._measurement:
                return
            message = measurement.words if measurement.phase == FAILED else ""
            absent = dict(measurement.absent)
            besides = sizes(measurement.weights)
            much = (measurement.count, len(absent), len(besides))
            drawn = (measurement, message, self._view.paper, *much)
            with self._view.hold_sync():  # one message: the browser draws once
                if drawn != self._drawn:
                    self._drawn = drawn
                    self._view.image, self._alt = self._chart.image(
                        self.samples,
                        self._at,
                        message,
                        self._view.paper,
                        absent=absent,
                        besides=besides,
                    )
                self._send(measurement)

    def _send(self, measurement: Measurement | None) -> None:
        """Sends the view the state."""
        if measurement is not None:
            self._view.state = json.dumps(self._state(measurement))

    def _state(self, measurement: Measurement) -> dict[str, Any]:
        samples, besides = self.samples, sizes(measurement.weights)
        return {
            "phase": WAITING if self._waits else measurement.phase,
            "status": WAITS if self._waits else status(measurement, self._at, samples),
            "elapsed": measurement.elapsed,
            "seconds": measurement.seconds,
            "count": measurement.count,
            "columns": columns(self._with_memory),
            "rows": rows(samples, measurement.absent, besides if self._with_memory else None),
            "printed": measurement.printed[-LONGEST_PRINTED:],
            "alt": self._alt,
            "heard": self._heard,
        }

    # -- what comes from the browser ---------------------------------------------------------------

    def _on_change(self, change: Any) -> None:
        self.restart()

    def _on_paper(self, change: Any) -> None:
        if self._measurement is not None:
            self._show(self._measurement)

    def _on_message(self, view: Any, message: Any, buffers: Any) -> None:
        kind = message.get("kind")
        self._heard = message.get("number", 0)
        if kind == "hello" and not self._is_watched:
            self._is_watched = True
            MACHINE.ask(self)
        elif kind == "restart":
            self.restart()
        elif kind == "stop":
            self.stop()
        with self._lock:
            self._send(self._measurement)

    def _ipython_display_(self) -> None:
        """The widget, and a plain picture for readers without a kernel; the view hides that."""
        measurement = self._measurement
        assert measurement is not None
        message = measurement.words if measurement.phase == FAILED else ""
        still = Chart(self._source.what).draw(
            self.samples,
            self._at,
            message,
            absent=measurement.absent,
            besides=sizes(measurement.weights),
        )
        still.caption = "Run the cell in JupyterLab to measure here."
        self._view.still = str(still.get_label())
        display(self._repr_mimebundle_(), raw=True)
        display(still)


def _wait_while_doing(measurement: Measurement) -> None:
    """Waits while Go compiles, and says so below the cell, where the view isn't yet."""
    below = Below()
    until = time.monotonic() + LONGEST_BEFORE
    try:
        while measurement.doing and time.monotonic() < until:
            below.show(words([Block(measurement.doing + COMPILES_FIRST)]))
            measurement.wait(QUIET)
    finally:
        below.clear()


def _source(contenders: Any, run: bool, memory: bool) -> Source:
    if all(hasattr(contenders, name) for name in ("contenders", "what", "check", "command")):
        source: Source = contenders
        return source
    return Functions(contenders, as_main=run, memory=memory)


def _checked_seconds(seconds: Any) -> float:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"seconds is a number, not {seconds!r}")
    if not 0 < seconds <= LONGEST:
        raise ValueError(f"seconds lie between 0 and {LONGEST:g}, not {seconds!r}")
    return float(seconds)
