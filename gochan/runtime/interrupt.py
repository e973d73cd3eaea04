"""Ctrl-C: ends the run at once, even if the program catches everything.

Python raises KeyboardInterrupt in whatever runs, which may be a goroutine with a bare `except:`.
So the run is told first; the next operation of gochan then ends it from outside.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .scheduler import Scheduler


class Interruptible:
    """While this is entered, a Ctrl-C belongs to the run. Only the main thread gets signals."""

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._before: Any = None

    def __enter__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        before = signal.getsignal(signal.SIGINT)
        if callable(before):
            self._before = before
            signal.signal(signal.SIGINT, self._on_interrupt)

    def __exit__(self, *exc_info: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        run = self._run
        first, run.interrupted = not run.interrupted, True
        if first:
            run.watch()
        if not run.ending:
            raise KeyboardInterrupt
