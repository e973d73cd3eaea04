"""What a notebook shows of a failure: the text, the timeline of the failing run, and its Player."""

from __future__ import annotations

import html
import os
import re

from ..progress import notebook_display
from ..runtime.event import BLOCK
from ..trace.trace import Trace

GRADING = "NBGRADER_EXECUTION"  # is set while nbgrader runs a notebook: nobody plays there

BOX = (
    '<div style="border-left:0.25em solid var(--jp-error-color1,#d32f2f);padding-left:0.75em;'
    'line-height:1.5">{}</div>'
)
# No line ends in the middle of a word.
CODE = (
    '<pre style="margin:0;padding:0;white-space:pre-wrap;'
    'word-break:normal;overflow-wrap:anywhere">{}</pre>'
)


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
    """The text for a page: the first line bold, lines of a program in their own letters."""
    first, *rest = text.split("\n")
    parts = [f"<div><b>Not yet: {_with_names(first)}</b></div>"]
    for line in rest:
        is_code = line.startswith(" ")
        parts.append(
            CODE.format(html.escape(line)) if is_code else f"<div>{_with_names(line)}</div>"
        )
    return BOX.format("".join(parts))


def _with_names(line: str) -> str:
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(line))
