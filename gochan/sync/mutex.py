"""A lock that one goroutine holds at a time.

Source: Go's internal/sync/mutex.go.
"""

from __future__ import annotations

from typing import Any

from ..runtime.event import LOCK, TRY_LOCK, UNLOCK, current, enter, tell, watching
from ..runtime.naming import given_or_assigned
from ..runtime.waiting import wait_in, wake
from ..runtime.waitq import WaitQueue
from ..runtime.words import throw

STARVING = 1_000_000  # nanoseconds after which a waiter gets the lock handed over


class Mutex:
    """A lock without an owner: any goroutine may unlock it. Locking it twice blocks for ever.

    Always true:
    - In normal mode unlocking wakes the first waiter, which then competes with whoever runs: a
      running goroutine may take the lock first. The one that lost goes back to the front.
    - A waiter that lost for more than 1 ms makes the mutex starve: now unlocking hands over to the
      first waiter, and newcomers queue, until nobody is left who waited that long.

    Source: Go's internal/sync/mutex.go.
    """

    __slots__ = ("name", "_locked", "_queue", "_front", "_woken", "_starving")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Mutex")
        self._locked = False
        self._queue = WaitQueue()
        self._front = WaitQueue()  # one at the most: it was woken, and lost
        self._woken = False  # a waiter is on its way: no need to wake another
        self._starving = False

    def lock(self) -> None:
        """Locks; blocks while it is locked."""
        if watching.on:
            enter()
        if self._locked or self._starving:
            self._wait(self)
        self._locked = True
        if watching.on:
            tell(LOCK, self)

    def try_lock(self) -> bool:
        """Locks if that is possible at once; whether it did."""
        if watching.on:
            enter()
        if not self._locked and not self._starving:
            self._locked = True
            if watching.on:
                tell(LOCK, self)
            return True
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(TRY_LOCK, self)
            goroutine.run.poll(goroutine)
        return False

    def unlock(self) -> None:
        """Unlocks. It is a fatal error, which nothing can catch, if it isn't locked."""
        if watching.on:
            enter()
        if not self._locked:
            throw("sync: unlock of unlocked mutex")
        if watching.on:
            tell(UNLOCK, self)
        self._release()

    # -- its parts, which the locks that are made with a mutex use too -----------------------------

    def _acquire(self, shown: Any) -> None:
        """Locks; `shown` is what the caller is seen to wait on."""
        if self._locked or self._starving:
            self._wait(shown)
        self._locked = True

    def _release(self) -> None:
        self._locked = False
        if self._woken and not self._starving:
            return
        waiter = self._front.take() or self._queue.take()
        if waiter is None:
            return
        self._woken = not self._starving
        wake(waiter, None, True)
        goroutine = current()
        if self._starving and goroutine is not None:
            goroutine.run.stand_back(goroutine)  # the heir runs before anybody can queue anew

    def _wait(self, shown: Any) -> None:
        waiting_since = self._now()
        self._park(shown, at_front=False)
        while not self._starving:
            self._woken = False
            if not self._locked:
                return
            self._starving = self._now() - waiting_since > STARVING
            self._park(shown, at_front=True)
        # It was handed over. The last one, or one that hasn't waited long, ends the starvation.
        waited_long = self._now() - waiting_since > STARVING
        if not waited_long or not self._is_awaited():
            self._starving = False

    def _is_awaited(self) -> bool:
        return self._front.first() is not None or self._queue.first() is not None

    def _now(self) -> int:
        goroutine = current()
        return goroutine.run.clock.now if goroutine is not None else 0

    def _park(self, shown: Any, at_front: bool) -> None:
        queue = self._front if at_front else self._queue
        try:
            wait_in(queue, "sync.Mutex.Lock", shown)
        except BaseException:  # the run has ended, and all who waited or were on their way with it
            self._woken = self._starving = False
            raise

    def __enter__(self) -> Mutex:
        self.lock()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.unlock()

    def __repr__(self) -> str:
        return f"<Mutex {self.name or ''} {'locked' if self._locked else 'unlocked'}>"
