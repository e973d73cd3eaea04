"""The one room for waiting: every blocked goroutine stands in a wait queue of this kind.

Always true:
- Who came first is served first.
- Who waits in one queue alone leaves it only when it is taken out, and so its waiter is live.
- A select has a waiter in each of its channels' queues. They count only while the goroutine is
  still in the parking that they were made for: waking it changes the parking's number, and with
  that all its other waiters are stale at once.
- Stale waiters are passed over when they reach the front, and swept out when they outnumber the
  live ones; so leaving a queue costs no search, and an idle channel keeps no rubbish.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .goroutine import Goroutine


GONE = -1  # in the place of a parking's number: its run is over


class Waiter:
    """One goroutine's place in one queue (Go calls it a sudog).

    `parking` is the number of the goroutine's parking, None if it waits in no other queue. `value`
    is what it offers, and later what it got. `ok` is set by whoever wakes it: false for a close, so
    a select sees which of its waiters was served. `case` is the index of its case.
    """

    __slots__ = ("goroutine", "parking", "value", "ok", "case")

    def __init__(
        self, goroutine: Goroutine, parking: int | None = None, value: Any = None, case: int = 0
    ) -> None:
        self.goroutine = goroutine
        self.parking = parking
        self.value = value
        self.ok: bool | None = None
        self.case = case

    def is_live(self) -> bool:
        """Whether its goroutine still waits for this."""
        return self.parking is None or self.parking == self.goroutine.parking


class WaitQueue:
    """Blocked goroutines, first come, first served. `waiters` may hold stale ones."""

    __slots__ = ("waiters", "stale")

    def __init__(self) -> None:
        self.waiters: deque[Waiter] = deque()
        self.stale = 0

    def take(self) -> Waiter | None:
        """Removes and returns the first live waiter, or None."""
        waiter = self.first()
        if waiter is not None:
            self.waiters.popleft()
        return waiter

    def first(self) -> Waiter | None:
        """The first live waiter, which stays, or None."""
        waiters = self.waiters
        while waiters:
            waiter = waiters[0]
            if waiter.is_live():
                return waiter
            waiters.popleft()
            self.stale -= 1
        return None

    def goroutines(self) -> set[int]:
        """The ids of those who wait."""
        return {waiter.goroutine.id for waiter in self.waiters if waiter.is_live()}

    def lose(self, waiter: Waiter) -> None:
        """Its run has ended while it waited here alone."""
        waiter.parking = GONE
        self.leave()

    def leave(self) -> None:
        """Somebody in this queue was woken elsewhere or ended: its waiter here is now stale."""
        self.stale += 1
        if self.stale * 2 > len(self.waiters):
            live = [one for one in self.waiters if one.is_live()]
            self.waiters.clear()
            self.waiters.extend(live)
            self.stale = 0
