"""What a notebook shows of a failure: the text, the timeline of the failing run, and its Player."""

from __future__ import annotations

import html
import os

from ..progress import notebook_display
from ..runtime.event import BLOCK
from ..trace.trace import Trace

GRADING = "NBGRADER_EXECUTION"  # is set while nbgrader runs a notebook: nobody plays there


def show(text: str, trace: Trace | None) -> bool:
    """Shows it below the running cell; False where there is no notebook, or nothing to see."""
    if trace is None or not is_worth_seeing(trace) or notebook_display() is None:
        return False
    if os.environ.get(GRADING) == "validate":
        return False  # nbgrader only asks which checks pass
    from IPython.display import display  # noqa: PLC0415 - only there in a notebook

    display({"text/html": _page(text), "text/plain": text}, raw=True)
    if os.environ.get(GRADING):
        from ..charts.show import picture  # noqa: PLC0415 - matplotlib takes a while to load

        display(picture(trace))
    else:
        from ..widgets.player import Player  # noqa: PLC0415 - as above

        display(Player(trace))
    return True


def is_worth_seeing(trace: Trace) -> bool:
    """Whether somebody waits, or there is more than one goroutine."""
    return len(trace.goroutines) > 1 or any(one.kind == BLOCK for one in trace.events)


def _page(text: str) -> str:
    first, *rest = text.split("\n")
    lines = html.escape("\n".join(rest))
    return f'<div><b>{html.escape(first)}</b></div><pre style="white-space:pre-wrap">{lines}</pre>'
