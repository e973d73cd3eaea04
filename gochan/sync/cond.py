"""A place to wait for news about what a lock guards.

Source: Go's sync/cond.go and the notifyList of runtime/sema.go.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Protocol

from ..errors import NIL_DEREFERENCE, Deadlock, Panic
from ..runtime.event import BROADCAST, SIGNAL, WAIT, current, enter, home_of_new, tell, watching
from ..runtime.naming import given_or_assigned, spaced
from .semaphore import Semaphore


class Locker(Protocol):
    """Whatever can be locked and unlocked: Mutex, RWMutex, its rlocker, a lock of your own."""

    def lock(self) -> None:
        """Locks."""

    def unlock(self) -> None:
        """Unlocks."""


class Cond:
    """Goroutines wait here until another one says that something has changed.

    Parameters
    ----------
    l
        The lock that guards what is waited for; any object with `lock` and `unlock`. It is in
        `.l`, so that `with cond.l:` locks it.

    `while not condition: cond.wait()`, with the lock held, is how it is used: when `wait` returns,
    somebody else may have been quicker.

    Always true:
    - Signals wake in the order of the `wait` calls, and are not remembered: each goes to one who
      has called `wait` before it.

    Raises TypeError for a lock that can't be locked.

    Source: Go's sync/cond.go.
    """

    __slots__ = ("l", "name", "_tickets", "_asleep", "_used_as", "home")

    def __init__(self, l: Locker | None = None, name: str | None = None) -> None:  # noqa: E741 - Go's
        if l is not None and not _is_lock(l):
            raise TypeError(f"Cond takes a lock, with lock and unlock, not {l!r}")
        self.l: Any = l  # a Locker; only its own type can say whether `with cond.l:` locks it
        self.name = given_or_assigned(name, "Cond")
        self._tickets: deque[Semaphore] = deque()  # in the order of the `wait` calls
        self._asleep: dict[Semaphore, None] = {}  # in the order in which they came to stand still
        self._used_as: int | None = None
        self.home = home_of_new()

    def wait(self) -> None:
        """Unlocks `l`, waits until it is woken, and locks `l` again.

        Raises Panic if there is no `l`, and in a Cond that was copied. Unlocking a mutex that isn't
        locked is a fatal error. Raises Deadlock outside a run.
        """
        if watching.on:
            enter(WAIT, self)
        self._check_copy()
        lock = self._lock()
        ticket = Semaphore()
        self._tickets.append(ticket)
        try:
            lock.unlock()
            self._asleep[ticket] = None
            ticket.acquire("sync.Cond.Wait", self)
        except BaseException as error:  # the run has ended, or the lock failed: nobody waits here
            if ticket in self._tickets:
                self._tickets.remove(ticket)
            if isinstance(error, Deadlock):  # outside a run: the lock is as it was
                lock.lock()
            raise
        finally:
            self._asleep.pop(ticket, None)
        lock.lock()

    def signal(self) -> None:
        """Wakes the one who has waited longest, if there is one; the lock need not be held."""
        if watching.on:
            enter(SIGNAL, self)
        self._check_copy()
        if watching.on:
            tell(SIGNAL, self)
        if self._tickets:
            self._tickets.popleft().release()
        else:
            self._changed_nothing()

    def broadcast(self) -> None:
        """Wakes all who wait; the lock need not be held."""
        if watching.on:
            enter(BROADCAST, self)
        self._check_copy()
        if watching.on:
            tell(BROADCAST, self)
        if not self._tickets:
            self._changed_nothing()
        waiting = set(self._tickets)
        asleep = [ticket for ticket in self._asleep if ticket in waiting]
        about_to = waiting.difference(asleep)  # unlocking let others run before they could wait
        self._tickets.clear()
        for ticket in (*asleep, *about_to):
            ticket.release()

    def _changed_nothing(self) -> None:
        goroutine = current()
        if goroutine is not None:
            goroutine.run.poll(goroutine)

    def _lock(self) -> Locker:
        if self.l is None:
            raise Panic(NIL_DEREFERENCE)
        lock: Locker = self.l
        return lock

    def _check_copy(self) -> None:
        if self._used_as is None:
            self._used_as = id(self)
        if self._used_as != id(self):
            raise Panic("sync.Cond is copied")

    def __copy__(self) -> Cond:
        """What `copy.copy` gives, as an assignment in Go does; it panics if this one was in use."""
        twin = Cond(self.l, self.name)
        twin._used_as = self._used_as
        return twin

    def __repr__(self) -> str:
        return f"<Cond{spaced(self.name)} {len(self._tickets)} waiting>"


def _is_lock(thing: Any) -> bool:
    parts = (getattr(thing, "lock", None), getattr(thing, "unlock", None))
    return not isinstance(thing, type) and all(callable(part) for part in parts)
