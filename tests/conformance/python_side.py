"""The Python side: runs a program on gochan and tells what it did in the form of the Go side."""

from __future__ import annotations

import re
import runpy

from gochan import Result, record
from gochan.errors import ProgramError
from gochan.runtime.clock import SECOND
from gochan.runtime.event import PRINT

from .pairs import Pair
from .report import Line, report

WORDS = {"True": "true", "False": "false", "None": "<nil>"}


def run(pair: Pair) -> str:
    """Runs `main` of the `.py` file: its report."""
    return told(record(runpy.run_path(str(pair.file(".py")))["main"]))


def told(result: Result) -> str:
    """The report of a run."""
    crashed = result.outcome != "ok"
    crash = Line(round(result.elapsed * SECOND), crash_text(result)) if crashed else None
    return report(printed(result), crash, 2 if crashed else 0)


def crash_text(result: Result) -> str:
    """What stands in for Go's stderr."""
    error = result.error
    if isinstance(error, ProgramError):
        return error.report or str(error)
    return f"{result.outcome}: {type(error).__name__}: {error}"


def printed(result: Result) -> list[Line]:
    """The lines with their times; the trace has the times, the output the whole text."""
    assert result.trace is not None
    times = [event.time for event in result.trace.events if event.kind == PRINT]
    texts = result.output.splitlines()
    return [Line(time, in_go(text)) for time, text in zip(times, texts, strict=True)]


def in_go(text: str) -> str:
    """A printed line with Go's words for True, False and None."""
    return re.sub(r"\b(True|False|None)\b", lambda word: WORDS[word[0]], text)
