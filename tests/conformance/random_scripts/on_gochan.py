"""Runs scripts on gochan."""

from __future__ import annotations

from typing import Any
from unittest import mock

from gochan import Result, record
from gochan.errors import Deadlock
from gochan.runtime.clock import SECOND
from gochan.runtime.schedule import FirstCome

from .interpreter import program
from .log import End, Entry, log_text

VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {"trace": False},
    "traced": {"trace": True},
    "counted": {"trace": False, "max_steps": 100_000},
}


class Lots(FirstCome):
    """Notices that a select had to draw lots: then Go may do otherwise."""

    drawn = False

    def choose(self, options: Any) -> int:
        """By lot."""
        Lots.drawn = True
        return super().choose(options)


def run(script: str, variant: str = "plain") -> str | None:
    """The log of a script, None if it isn't determined: a select had to draw lots."""
    entries: list[Entry] = []
    Lots.drawn = False
    with mock.patch("gochan.runtime.schedule.FirstCome", Lots):
        result = record(program, script, entries, **VARIANTS[variant])
    if Lots.drawn:
        return None
    return log_text(script, entries, end(result))


def end(result: Result) -> End:
    """How the program ended."""
    time = round(result.elapsed * SECOND)
    if isinstance(result.error, Deadlock):
        waiting = tuple(info.state for info in result.error.goroutines)
        return End(result.outcome, time, waiting=waiting)
    words = str(result.error).partition("\n")[0].removeprefix("fatal error: ")
    return End(result.outcome, time, words)
