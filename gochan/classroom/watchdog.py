"""Ends a run in which a goroutine goes round and round without any operation of gochan.

`while True: pass` comes to no point at which a budget of operations could be looked at. This is the
one place where seconds count: so many that no right solution ever needs them without an operation.

In the main thread it is as if somebody had pressed Ctrl-C, which takes the processor away from the
goroutine, so it doesn't matter what that catches. In another thread the exception itself is raised
in it, again and again.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time as wall_time
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

from ..runtime.event import current, watching
from ..runtime.scheduler import Scheduler
from ..runtime.source import PACKAGE, Where, stack

PROCESSOR_SECONDS = 2.0  # of its thread, without an operation
WALL_SECONDS = 10.0  # the same if it waits for something that is not gochan's
BETWEEN_LOOKS = 0.1
OURS = tuple(os.path.join(PACKAGE, room, "") for room in ("analysis", "runtime", "trace"))


class Endless(KeyboardInterrupt):
    """Raised in a thread that is not the main one, where it ends the run as Ctrl-C does."""


class Bite(NamedTuple):
    """Which run was ended, and where it was, the innermost place first."""

    call: str
    stack: tuple[Where, ...]


class Watchdog:
    """Watches the runs in one thread, from `with` to its end; `bite` says which one it ended."""

    def __init__(self) -> None:
        self.bite: Bite | None = None
        self._call = ""
        self._run: Scheduler | None = None
        self._thread = threading.get_ident()
        self._is_main = threading.current_thread() is threading.main_thread()
        self._clock = _processor_clock(self._thread)
        self._stopped = threading.Event()
        self._biting = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._before: Any = None  # the signal's handler

    def look_at(self, call: str) -> None:
        """From now on the run is watched that this is called in, as the run of `call`."""
        self._call = call
        goroutine = current()
        self._run = goroutine.run if goroutine is not None else None

    def __enter__(self) -> Watchdog:
        if self._is_main:
            self._before = signal.getsignal(signal.SIGINT)
            if callable(self._before):
                signal.signal(signal.SIGINT, self._between_runs)
        self._watcher.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        with self._biting:
            self._stopped.set()
        self._watcher.join()
        if callable(self._before):
            signal.signal(signal.SIGINT, self._before)  # a signal that came before is handled first
        if not self._is_main:
            _raise_in(self._thread, None)

    def _between_runs(self, number: int, frame: FrameType | None) -> None:
        """A Ctrl-C while no run is under way; a bite that came too late is none."""
        if self.bite is None:
            self._before(number, frame)

    # -- in a thread of its own --------------------------------------------------------------------

    def _watch(self) -> None:
        seen: tuple[Scheduler | None, int] = None, 0
        processor, wall = self._clock(), wall_time.monotonic()
        while not self._stopped.wait(BETWEEN_LOOKS):
            run = self._run
            now = run, run.used() if run is not None else 0
            if now != seen or run is None or not watching.has(run) or self._is_ours():
                seen = now
                processor, wall = self._clock(), wall_time.monotonic()
            elif (
                self._clock() - processor > PROCESSOR_SECONDS
                or wall_time.monotonic() - wall > WALL_SECONDS
            ):
                self._bite(run)

    def _is_ours(self) -> bool:
        """Whether gochan itself is busy: it goes through many goroutines, and looks for races."""
        frame = sys._current_frames().get(self._thread)  # noqa: SLF001 - it is documented
        return frame is not None and frame.f_code.co_filename.startswith(OURS)

    def _bite(self, run: Scheduler) -> None:
        with self._biting:
            if self._stopped.is_set() or not watching.has(run):
                return
            if self.bite is None:
                frame = sys._current_frames().get(self._thread)  # noqa: SLF001 - it is documented
                self.bite = Bite(self._call, stack(frame))
            if not self._is_main:
                _raise_in(self._thread, Endless)
            elif hasattr(signal, "pthread_kill"):
                signal.pthread_kill(self._thread, signal.SIGINT)  # ends a real sleep, too
            else:
                signal.raise_signal(signal.SIGINT)


def _processor_clock(thread: int) -> Callable[[], float]:
    """The seconds that a thread has had a processor; 0 where that can't be asked."""
    if not hasattr(wall_time, "pthread_getcpuclockid"):
        return lambda: 0.0
    clock = wall_time.pthread_getcpuclockid(thread)
    return lambda: wall_time.clock_gettime(clock)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raises an exception in another thread at its next step; None takes back one that waits."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread), ctypes.py_object(error) if error is not None else None
    )
