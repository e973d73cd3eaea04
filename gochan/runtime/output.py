"""What goroutines print: captured for `record`, swallowed while they are ended.

`print` writes to `sys.stdout`, which all threads share. So the stand-in asks who is writing: a
goroutine's text goes to its run, everybody else's where it would have gone. What is written to
`sys.stderr` is never captured, only swallowed at the end.
"""

from __future__ import annotations

import sys
from typing import Any

from .event import current
from .goroutine import Goroutine
from .in_use import InUse


class Output:
    """Collects what the goroutines of one run print, and tells each finished line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._lines: dict[int, str] = {}

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.parts)

    def write(self, goroutine: Goroutine, text: str) -> None:
        """Takes what a goroutine printed."""
        self.parts.append(text)
        *finished, rest = (self._lines.get(goroutine.id, "") + text).split("\n")
        self._lines[goroutine.id] = rest
        for line in finished:
            goroutine.run.printed(goroutine, line)

    def finish(self, goroutine: Goroutine) -> None:
        """Tells a last line that has no end: the goroutine prints nothing more."""
        rest = self._lines.pop(goroutine.id, "")
        if rest:
            goroutine.run.printed(goroutine, rest)


class _Router:
    """Stands in for `sys.stdout`, or another stream of `sys`, while any run captures or ends."""

    def __init__(self, stream: str, captured: bool) -> None:
        self._stream = stream
        self._captured = captured
        self.real: Any = None

    def stand_in(self) -> None:
        """Takes the place of the stream."""
        stream = getattr(sys, self._stream)
        if stream is not self:
            self.real = stream
            setattr(sys, self._stream, self)

    def step_back(self) -> None:
        """Gives it back, unless somebody else has put a third one there."""
        if getattr(sys, self._stream) is self:
            setattr(sys, self._stream, self.real)

    def write(self, text: str) -> int:
        """Writes to where the output of the calling goroutine goes."""
        goroutine = current()
        if goroutine is None:
            self.real.write(text)
        elif not goroutine.run.ending:
            self._write_of(goroutine, text)
        return len(text)

    def _write_of(self, goroutine: Goroutine, text: str) -> None:
        if goroutine.run.output is None or not self._captured:
            self.real.write(text)
        else:
            goroutine.run.output.write(goroutine, text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


_stdout = _Router("stdout", captured=True)
_stderr = _Router("stderr", captured=False)


def _stand_in() -> None:
    _stdout.stand_in()
    _stderr.stand_in()


def _step_back() -> None:
    _stdout.step_back()
    _stderr.step_back()


routed = InUse(_stand_in, _step_back)
"""While this is entered, what goroutines print goes by way of their run."""
