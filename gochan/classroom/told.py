"""What a student is told, and the run that shows it."""

from __future__ import annotations

from typing import NamedTuple

from ..trace.trace import Trace


class Told(NamedTuple):
    """A text, and the trace of a run that shows what it says, if there is one."""

    text: str
    trace: Trace | None = None
