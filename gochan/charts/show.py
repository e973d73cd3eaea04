"""How a Result and an Exploration show themselves in a notebook: in words, and by a picture."""

from __future__ import annotations

import html
import traceback
from collections.abc import Sequence
from typing import Any, Protocol

from IPython.display import display
from matplotlib.axes import Axes

from ..analysis.findings import Failed, Findings, ranked, verdict
from ..analysis.findings import schedules as all_schedules
from ..errors import ProgramError
from ..errors import text_of as text_of_error
from ..runtime.schedule import ScheduleError
from ..runtime.source import place
from ..trace.trace import Trace
from .figure import Picture
from .outcomes import outcomes
from .signs import shortened, text_of
from .timeline import timeline

LONGEST_TEXT = 4_000  # characters
LONGEST_TITLE = 200
LONGEST_SCHEDULE = 60  # of those that are not replayed here
MOST_FAILURES = 12


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
    return _picture_of(timeline(trace, axis="time" if trace.end else "step"))


def _picture_of(axes: Axes) -> Picture:
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


class Failure(Failed, Protocol):
    """What is needed of a Failure of an exploration."""

    def replay(self) -> Shown:
        """Runs it again, with a trace."""


class Exploration(Findings, Protocol):
    """What is needed of an Exploration."""

    @property
    def failures(self) -> Sequence[Failure]:
        """One for each kind and detail."""


def show_exploration(exploration: Exploration) -> None:
    """Displays what was found: is it right under every schedule, and if not, what goes wrong.

    The worst failure comes with its schedule and its timeline, the others in a line each. If
    nothing fails but main returns different values, a chart counts them.
    """
    head, others = _Text(), _Text()
    head.add(verdict(exploration), bold=True)
    order = ranked(exploration.failures)
    for at in order[:1]:
        head.add(_headline(exploration, at))
        head.add_schedule(exploration.failures[at])
    for at in order[1:MOST_FAILURES]:
        schedule = shortened(str(exploration.failures[at].schedule), LONGEST_SCHEDULE)
        others.add(f"{_headline(exploration, at)} · {schedule}")
    if len(order) > MOST_FAILURES:
        others.add(f"and {len(order) - MOST_FAILURES:,} more in failures")
    head.display()
    if order:
        _display_timeline(exploration.failures[order[0]])
        others.display()
    elif len(exploration.outcomes) > 1:
        display(_picture_of(outcomes(exploration)))


def show_failure(failure: Failure) -> None:
    """Displays a failure: what it is, its schedule, and what happens when it is replayed."""
    head = _Text()
    head.add(_title(failure), bold=True)
    head.add_schedule(failure)
    try:
        result = failure.replay()
    except ScheduleError as error:
        head.add(_not_the_same(error))
        head.display()
    else:
        head.display()
        show(result)


class _Text:
    """Lines, for a notebook and as plain text."""

    def __init__(self) -> None:
        self._html: list[str] = []
        self._plain: list[str] = []

    def add(self, line: str, *, bold: bool = False) -> None:
        text = html.escape(line)
        self._html.append(f"<div><b>{text}</b></div>" if bold else f"<div>{text}</div>")
        self._plain.append(line)

    def add_schedule(self, failure: Failure) -> None:
        """The whole schedule, which a click selects."""
        text = str(failure.schedule)
        code = f'<code style="user-select:all">{html.escape(text)}</code>'
        self._html.append(f'<div style="max-height:9em;overflow:auto">schedule: {code}</div>')
        self._plain.append(f"schedule: {text}")

    def display(self) -> None:
        if self._plain:
            bundle = {"text/html": "".join(self._html), "text/plain": "\n".join(self._plain)}
            display(bundle, raw=True)


def _headline(exploration: Exploration, at: int) -> str:
    """`failures[0] · wrong: 1 · in 2 of 4 schedules · 6 switches`."""
    failure = exploration.failures[at]
    count = exploration.outcomes[failure.kind, failure.detail]
    noun = "schedules" if exploration.complete else "runs"
    often = f"in {count:,} of {all_schedules(exploration):,} {noun}"
    return f"failures[{at}] · {_title(failure)} · {often} · {_switches(failure)}"


def _title(failure: Failure) -> str:
    return shortened(text_of(failure.kind, failure.detail), LONGEST_TITLE)


def _switches(failure: Failure) -> str:
    return f"{failure.switches:,} switch{'es' if failure.switches != 1 else ''}"


def _display_timeline(failure: Failure) -> None:
    try:
        trace = failure.replay().trace
    except ScheduleError as error:
        text = _Text()
        text.add(_not_the_same(error))
        text.display()
        return
    if trace is not None and trace.events:
        display(picture(trace))


def _not_the_same(error: ScheduleError) -> str:
    return f"It can't be replayed: the program is not the same as before. {text_of_error(error)}"
