"""Permits to wait for: what the locks with several kinds of waiters are made with.

Source: Go's runtime/sema.go.
"""

from __future__ import annotations

from typing import Any

from ..runtime.waiting import wait_in, wake
from ..runtime.waitq import WaitQueue


class Semaphore:
    """A number of permits; `acquire` takes one, and blocks while there is none.

    A permit lies there until somebody takes it: whoever runs may do so before the waiter that was
    woken for it, who then queues again, as the last.
    """

    __slots__ = ("_permits", "_queue")

    def __init__(self) -> None:
        self._permits = 0
        self._queue = WaitQueue()

    def acquire(self, reason: str, shown: Any) -> None:
        """Takes a permit; `reason` and `shown` are what the caller is seen to wait for and on."""
        while self._permits == 0:
            try:
                wait_in(self._queue, reason, shown)
            except BaseException:  # the run has ended, and all who could have taken a permit
                self._permits = 0
                raise
        self._permits -= 1

    def release(self) -> None:
        """Lays down a permit, and wakes the first waiter."""
        self._permits += 1
        waiter = self._queue.take()
        if waiter is not None:
            wake(waiter, None, True)
