"""Permits to wait for: what the locks are made with.

Source: Go's runtime/sema.go.
"""

from __future__ import annotations

from typing import Any

from ..runtime.event import current
from ..runtime.waiting import wait_in, wake
from ..runtime.waitq import Waiter, WaitQueue

PERMIT = "permit"  # what a waiter is woken with that need not look for a permit


class Semaphore:
    """A number of permits; `acquire` takes one, and blocks while there is none.

    Always true:
    - A permit lies there until somebody takes it: whoever runs may do so before the waiter that was
      woken for it, who then queues again. One that is handed over can't be taken by anybody else.
    - Who queues at the front goes before everybody who is there already; so those in `_front` leave
      it last come, first served, and before those in `_queue`.
    """

    __slots__ = ("_permits", "_queue", "_front")

    def __init__(self) -> None:
        self._permits = 0
        self._queue = WaitQueue()
        self._front: WaitQueue | None = None  # made when it is needed, which is seldom

    def acquire(self, reason: str, shown: Any, at_front: bool = False) -> None:
        """Takes a permit; `reason` and `shown` are what the caller is seen to wait for and on.

        It queues as the last, or `at_front`; and there again if somebody else took its permit.
        """
        while self._permits == 0:
            queue = self._get_front() if at_front else self._queue
            try:
                waiter = wait_in(queue, reason, shown)
            except BaseException:  # the run has ended, and all who could have taken a permit
                self._permits = 0
                raise
            if waiter.value is PERMIT:
                return
        self._permits -= 1

    def release(self) -> None:
        """Lays down a permit, and wakes the first waiter."""
        self._permits += 1
        waiter = self._take()
        if waiter is not None:
            wake(waiter, None, True)

    def hand_over(self) -> None:
        """Gives a permit to the first waiter, and lets it run; lays it down if nobody waits."""
        waiter = self._take()
        if waiter is None:
            self._permits += 1
            return
        wake(waiter, PERMIT, True)
        goroutine = current()
        if goroutine is not None:
            goroutine.run.stand_back(goroutine)

    def _get_front(self) -> WaitQueue:
        if self._front is None:
            self._front = WaitQueue()
        return self._front

    def _take(self) -> Waiter | None:
        if self._front is not None and self._front.waiters:
            return self._front.waiters.pop()  # nobody leaves it otherwise before the run ends
        return self._queue.take()

    def __copy__(self) -> Semaphore:
        """As many permits, and nobody who waits for one."""
        twin = Semaphore()
        twin._permits = self._permits
        return twin
