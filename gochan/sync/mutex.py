"""A lock that one goroutine holds at a time.

Source: Go's internal/sync/mutex.go.
"""

from __future__ import annotations

from copy import copy
from sys import _getframe as getframe
from typing import Any

from ..runtime.event import (
    LOCK,
    TRY_LOCK,
    UNLOCK,
    Tape,
    current,
    enter,
    home_of_new,
    note_place,
    tell,
    watching,
)
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import throw
from .semaphore import Semaphore

UNLOCKS_AT_ONCE = 1_000  # after so many the others get a turn
STARVING = 1_000_000  # nanoseconds after which a waiter gets the lock handed over


class Mutex:
    """A lock without an owner: any goroutine may unlock it. Locking it twice blocks for ever.

    Always true:
    - In normal mode unlocking lays down a permit and wakes the first waiter for it, who then
      competes with whoever runs: one that runs may lock first, and the waiter goes back to the
      front; or it may take the permit, and go to the front in its place.
    - A waiter that lost for more than 1 ms makes the mutex starve: now unlocking hands over to the
      first waiter, and newcomers queue, until nobody is left who waited that long.
    - `_waiting` counts those who still need a permit: one more for each attempt to get one, one
      less for each that is laid down or handed over. An attempt need not block.

    Source: Go's internal/sync/mutex.go.
    """

    __slots__ = (
        "name",
        "_locked",
        "_starving",
        "_woken",
        "_waiting",
        "_permits",
        "home",
        "_before_a_break",
    )

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Mutex")
        self._locked = False
        self._starving = False
        self._woken = False  # a waiter is on its way: no need to wake another
        self._waiting = 0
        self._permits = Semaphore()
        self.home = home_of_new()
        self._before_a_break = UNLOCKS_AT_ONCE

    def lock(self) -> None:
        """Locks; blocks while it is locked."""
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(LOCK, self) if watching.on else None
        )
        if self._locked or self._starving:
            self._lock_later(tape)
            return
        self._locked = True
        if tape is not None:
            at = getframe(1)
            tape += (LOCK, self, None, at.f_code, at.f_lasti)

    def try_lock(self) -> bool:
        """Locks if that is possible at once; whether it did."""
        if watching.on:
            enter(TRY_LOCK, self)
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
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(UNLOCK, self) if watching.on else None
        )
        if not self._locked:
            throw("sync: unlock of unlocked mutex")
        if tape is not None:
            at = getframe(1)
            tape += (UNLOCK, self, None, at.f_code, at.f_lasti)
        self._locked = False
        if self._waiting:
            self._wake()
        self._before_a_break -= 1
        if not self._before_a_break:
            self._let_others_run()

    # -- its parts, which the locks that are made with a mutex use too -----------------------------

    def _acquire(self, shown: Any) -> None:
        """Locks; `shown` is what the caller is seen to wait on."""
        if self._locked or self._starving:
            self._wait(shown)
        self._locked = True

    def _release(self) -> None:
        self._locked = False
        if self._waiting:
            self._wake()

    def _wake(self) -> None:
        """Lays down a permit for the first waiter, or hands it over; not if one is on its way."""
        if self._starving:
            self._permits.hand_over()
        elif not self._woken:
            self._waiting -= 1
            self._woken = True
            self._permits.release()

    def _let_others_run(self) -> None:
        """A loop may lock and unlock until something has changed, which somebody has to change."""
        self._before_a_break = UNLOCKS_AT_ONCE
        goroutine = current()
        if goroutine is not None:
            goroutine.run.stand_back(goroutine)

    def _lock_later(self, tape: Tape | None) -> None:
        if tape is not None:
            note_place(tape)
        self._wait(self)
        self._locked = True
        if tape is not None:
            tape += (LOCK, self, None, None, None)

    def _wait(self, shown: Any) -> None:
        """Blocks until it is the caller's turn, who then locks."""
        waiting_since = self._now()
        self._acquire_permit(shown, at_front=False)
        while not self._starving:
            self._woken = False
            if not self._locked:
                return
            self._starving = self._now() - waiting_since > STARVING
            self._acquire_permit(shown, at_front=True)
        # It was handed over. The last one, or one that hasn't waited long, ends the starvation.
        self._waiting -= 1
        self._starving = self._waiting > 0 and self._now() - waiting_since > STARVING

    def _acquire_permit(self, shown: Any, at_front: bool) -> None:
        self._waiting += 1
        try:
            self._permits.acquire("sync.Mutex.Lock", shown, at_front)
        except BaseException:  # the run has ended, and all who waited or were on their way with it
            self._waiting = 0
            self._woken = self._starving = False
            raise

    def _now(self) -> int:
        goroutine = current()
        return goroutine.run.clock.now if goroutine is not None else 0

    def __enter__(self) -> Mutex:
        if watching.on:
            enter(LOCK, self)
        self._acquire(self)
        if watching.on:
            tell(LOCK, self)
        return self

    def __exit__(self, *exc_info: object) -> None:
        if watching.on:
            enter(UNLOCK, self)
        if not self._locked:
            throw("sync: unlock of unlocked mutex")
        if watching.on:
            tell(UNLOCK, self)
        self._release()
        self._before_a_break -= 1
        if not self._before_a_break:
            self._let_others_run()

    def __copy__(self) -> Mutex:
        """A lock of its own in the same state, as Go's assignment makes; nobody waits for it."""
        twin = Mutex(self.name)
        twin._locked = self._locked
        twin._starving = self._starving
        twin._woken = self._woken
        twin._waiting = self._waiting
        twin._permits = copy(self._permits)
        return twin

    def __repr__(self) -> str:
        return f"<Mutex{spaced(self.name)} {'locked' if self._locked else 'unlocked'}>"
