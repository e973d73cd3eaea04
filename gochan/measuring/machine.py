"""One measurement at a time: two at once would measure each other.

Whoever is asked for last goes first; who was at work then waits, and begins anew when it is over.
"""

from __future__ import annotations

import threading
from typing import Any, Protocol


class Measurer(Protocol):
    """Can begin a measurement, and give way to another one."""

    def begin(self) -> Any:
        """Begins anew; returns the job that `Machine.over` will be told of."""

    def give_way(self) -> None:
        """Ends its measurement at once, and says that it waits."""


class Machine:
    """Knows who measures and who waits. Its methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._at_work: Measurer | None = None
        self._job: Any = None
        self._waiting: list[Measurer] = []

    def take(self, measurer: Measurer) -> None:
        """Begins at once; who is at work waits until this is over."""
        with self._lock:
            self._forget(measurer)
            other = self._at_work
            if other is not None and other is not measurer:
                other.give_way()
                self._waiting.insert(0, other)
            self._begin(measurer)

    def ask(self, measurer: Measurer) -> None:
        """Begins when nobody is at work; who is at work himself begins anew when that is over."""
        with self._lock:
            if self._at_work is None:
                self._begin(measurer)
            elif measurer not in self._waiting:
                if self._at_work is not measurer:
                    measurer.give_way()
                self._waiting.append(measurer)

    def leave(self, measurer: Measurer) -> None:
        """Neither measures nor waits any more; the next one begins."""
        with self._lock:
            self._forget(measurer)
            if self._at_work is measurer:
                self._next()

    def over(self, job: Any) -> None:
        """This job is over; the next one begins, unless a newer job has begun already."""
        with self._lock:
            if self._job is job:
                self._next()

    def _begin(self, measurer: Measurer) -> None:
        self._at_work, self._job = measurer, measurer.begin()

    def _next(self) -> None:
        self._at_work = self._job = None
        if self._waiting:
            self._begin(self._waiting.pop(0))

    def _forget(self, measurer: Measurer) -> None:
        if measurer in self._waiting:
            self._waiting.remove(measurer)


MACHINE = Machine()
