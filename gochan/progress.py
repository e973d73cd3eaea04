"""A bar that shows in a notebook how far a long search has come.

It is here and not among the charts because it needs no matplotlib, which takes a second to load.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

PATIENCE = 1.0  # seconds for which nothing is shown: most searches are over by then
PAUSE = 0.1  # seconds between two bundles: each is a message to the page, and takes a run's time

BAR = """<div style="display:flex;align-items:center;gap:1em;max-width:56em">
<div role="progressbar" aria-label="explore" aria-valuemin="0" aria-valuemax="{most}" \
aria-valuenow="{now}" aria-valuetext="{text}" style="flex:1;min-width:8em;height:0.8em;\
border:1px solid var(--jp-border-color1,#767676);border-radius:0.4em;overflow:hidden">
<div style="width:{percent:.1f}%;height:100%;background:var(--jp-brand-color1,#5790fc)"></div>
</div><span style="font-variant-numeric:tabular-nums">{text}</span></div>"""

Show = Callable[[dict[str, str]], None]


class Bar:
    """`explore`'s progress in a notebook, updated in place; anywhere else it shows nothing.

    It appears when the search has taken more than a second, and leaves nothing behind at the end of
    its `with`:

        with Bar() as bar:
            search(progress=bar)

    Parameters
    ----------
    clock
        Tells the seconds.
    new_display
        Shows a first bundle and returns what shows the next in its place; None to show nothing. By
        default that of the notebook in which this runs, if it does.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        new_display: Callable[[dict[str, str]], Show] | None = None,
    ) -> None:
        self._clock = clock
        self._start = clock()
        self._next = self._start + PATIENCE
        self._new_display = new_display if new_display is not None else notebook_display()
        self._show: Show | None = None

    def __call__(self, runs: int, max_runs: int, failures: int) -> None:
        """Shows how many of at most how many runs are done, and how many failures there were."""
        if self._new_display is None:
            return
        now = self._clock()
        if now <= self._next:
            return
        self._next = now + PAUSE
        bundle = _bundle(runs, max_runs, failures, now - self._start)
        if self._show is None:
            self._show = self._new_display(bundle)
        else:
            self._show(bundle)

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Takes the bar away."""
        if self._show is not None:
            self._show({"text/html": "", "text/plain": ""})
            self._show = None


def text(runs: int, max_runs: int, failures: int, seconds: float) -> str:
    """`1,200 of up to 20,000 runs, 2 failures, 3 s`."""
    failed = f"{failures:,} failure{'s' if failures != 1 else ''}"
    return f"{runs:,} of up to {max_runs:,} runs, {failed}, {int(seconds):,} s"


def _bundle(runs: int, max_runs: int, failures: int, seconds: float) -> dict[str, str]:
    words = text(runs, max_runs, failures, seconds)
    percent = 100 * min(1.0, runs / max_runs) if max_runs else 100.0
    bar = BAR.format(most=max_runs, now=runs, text=html.escape(words), percent=percent)
    return {"text/html": bar, "text/plain": words}


def notebook_display() -> Callable[[dict[str, str]], Show] | None:
    """What shows things below the running cell, None outside a kernel."""
    ipython = sys.modules.get("IPython")  # inside a kernel it is there
    if ipython is None or getattr(ipython.get_ipython(), "kernel", None) is None:
        return None
    display: Any = ipython.display.display

    def new_display(bundle: dict[str, str]) -> Show:
        handle = display(bundle, raw=True, display_id=True)

        def show(next_bundle: dict[str, str]) -> None:
            handle.update(next_bundle, raw=True)

        return show

    return new_display
