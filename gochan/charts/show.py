"""How a Result shows itself in a notebook: a summary, what was printed, the timeline."""

from __future__ import annotations

import html
import traceback
from typing import Any, Protocol

from IPython.display import display

from ..errors import ProgramError
from ..runtime.source import place
from ..trace.trace import Trace
from .figure import Picture
from .timeline import timeline

LONGEST_TEXT = 4_000  # characters


class Shown(Protocol):
    """What is needed of a Result."""

    @property
    def error(self) -> BaseException | None:
        """What ended the program badly."""

    @property
    def output(self) -> str:
        """What it printed."""

    @property
    def trace(self) -> Trace | None:
        """What happened."""

    @property
    def races(self) -> list[Any]:
        """The data races found."""

    def summary(self) -> str:
        """One line about it."""


def show(result: Shown) -> None:
    """Displays a Result below the cell: nothing else is needed to see a program."""
    races = "\n".join(race.text() for race in result.races)
    texts = [text for text in (result.output, races, _report(result)) if text.strip()]
    parts = [f"<div><b>{html.escape(result.summary())}</b></div>"]
    parts += [f"<pre>{html.escape(_cut(text))}</pre>" for text in texts]
    plain = "\n".join([result.summary(), *map(_cut, texts)])
    display({"text/html": "".join(parts), "text/plain": plain}, raw=True)
    if result.trace is not None and result.trace.events:
        display(picture(result.trace))


def picture(trace: Trace) -> Picture:
    """The timeline of a trace on a figure; by steps if all of it happened at one instant."""
    axes = timeline(trace, axis="time" if trace.end else "step")
    assert isinstance(axes.figure, Picture)
    return axes.figure


def _report(result: Shown) -> str:
    """What Go would have printed; for another exception its own words, and where it happened."""
    error = result.error
    if isinstance(error, ProgramError):
        return "\n".join(error._render_traceback_())
    if error is None:
        return ""
    lines = "".join(traceback.format_exception_only(error)).splitlines()
    places = [place(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return "\n".join([*lines, *(f"    {where}, in {where.function}" for where in reversed(places))])


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text.rstrip("\n")
    return f"{text[:LONGEST_TEXT]}\n... {len(text) - LONGEST_TEXT:,} more characters"
