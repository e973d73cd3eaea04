"""Ctrl-C: ends the run at once, even if the program catches everything.

Python would raise KeyboardInterrupt in whatever runs, which may be a goroutine with a bare
`except:`. So the run is told instead, and takes the processor away from the goroutine. One that
then goes on although it is ended has it taken away again a little later.
"""

from __future__ import annotations

import _thread
import signal
import threading
import time as wall_time
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .scheduler import Scheduler

PATIENCE = 0.1  # seconds that an interrupted run gets to end its goroutines, each time it is asked


class Interruptible:
    """While this is entered, a Ctrl-C belongs to the run. Only the main thread gets signals."""

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._before: Any = None
        self._left = False
        self._leaving = threading.Lock()

    def __enter__(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        before = signal.getsignal(signal.SIGINT)
        if callable(before):
            self._before = before
            signal.signal(signal.SIGINT, self._on_interrupt)

    def __exit__(self, *exc_info: object) -> None:
        with self._leaving:
            self._left = True
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)  # a signal that came before is handled first

    def _on_interrupt(self, number: int, frame: FrameType | None) -> None:
        if not self._run.interrupted:
            _thread.start_new_thread(self._insist, ())  # threading's own locks may be taken
        self._run.interrupt()

    def _insist(self) -> None:
        while True:
            wall_time.sleep(PATIENCE)
            with self._leaving:
                if self._left:
                    return
                _thread.interrupt_main()
