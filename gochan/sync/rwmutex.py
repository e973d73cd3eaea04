"""A lock for many readers or one writer.

Source: Go's sync/rwmutex.go.
"""
# ruff: noqa: SLF001 - writers wait for each other in a Mutex, by its parts that are seen by nobody

from __future__ import annotations

from copy import copy

from ..runtime.event import (
    LOCK,
    RLOCK,
    RUNLOCK,
    TRY_LOCK,
    TRY_RLOCK,
    UNLOCK,
    current,
    enter,
    home_of_new,
    tell,
    watching,
)
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import throw
from .mutex import UNLOCKS_AT_ONCE, Mutex
from .semaphore import Semaphore

WRITER = 1 << 30  # a writer takes so many off the number of readers: more than there can be


class RWMutex:
    """A lock that many readers or one writer can hold.

    `with rw:` writes, `with rw.rlocker():` reads. It has no owner: any goroutine may unlock it. To
    read-lock it twice in one goroutine may block for ever: a writer may have come in between. To
    lock it while holding it for reading does.

    Always true:
    - `_readers` counts those who read or wait to, less WRITER once a writer holds it or waits for
      them; so a negative number holds back new readers.
    - `_departing` counts the readers that this writer waits for.
    - Unlocking lets in all readers who wait, before the next writer.

    Source: Go's sync/rwmutex.go.
    """

    __slots__ = (
        "name",
        "_writers",
        "_readers",
        "_departing",
        "_unlocks",
        "_may_read",
        "_may_write",
        "home",
    )

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "RWMutex")
        self._writers = Mutex(name="")  # held by the writer that has it or is next
        self._readers = 0
        self._departing = 0
        self._unlocks = 0
        self._may_read = Semaphore()
        self._may_write = Semaphore()
        self.home = home_of_new()

    # -- writing -----------------------------------------------------------------------------------

    def lock(self) -> None:
        """Locks for writing; blocks while anybody else holds it."""
        if watching.on:
            enter(LOCK, self)
        self._writers._acquire(self)
        readers = self._readers
        self._readers -= WRITER
        self._departing += readers
        if readers and self._departing:
            self._wait_for_readers()
        if watching.on:
            tell(LOCK, self)

    def try_lock(self) -> bool:
        """Locks for writing if that is possible at once; whether it did."""
        if watching.on:
            enter(TRY_LOCK, self)
        writers = self._writers
        if writers._starving or self._readers != 0:
            self._only_looked(TRY_LOCK)
            return False
        writers._locked = True
        self._readers = -WRITER
        if watching.on:
            tell(LOCK, self)
        return True

    def unlock(self) -> None:
        """Unlocks after writing. It is a fatal error, which nothing can catch, if nobody writes."""
        if watching.on:
            enter(UNLOCK, self)
        readers = self._readers + WRITER
        if readers >= WRITER:
            throw("sync: Unlock of unlocked RWMutex")
        self._readers = readers
        if watching.on:
            tell(UNLOCK, self)
        for _ in range(readers):
            self._may_read.release()
        self._writers._release()
        self._unlocks += 1
        if self._unlocks % UNLOCKS_AT_ONCE == 0:
            self._let_others_run()

    # -- reading -----------------------------------------------------------------------------------

    def rlock(self) -> None:
        """Locks for reading; blocks while somebody writes, or waits to."""
        if watching.on:
            enter(RLOCK, self)
        self._readers += 1
        if self._readers < 0:
            self._wait_for_writer()
        if watching.on:
            tell(RLOCK, self)

    def try_rlock(self) -> bool:
        """Locks for reading if that is possible at once; whether it did."""
        if watching.on:
            enter(TRY_RLOCK, self)
        if self._readers < 0:
            self._only_looked(TRY_RLOCK)
            return False
        self._readers += 1
        if watching.on:
            tell(RLOCK, self)
        return True

    def runlock(self) -> None:
        """Unlocks after reading. It is a fatal error, which nothing can catch, if nobody reads."""
        if watching.on:
            enter(RUNLOCK, self)
        if self._readers in (0, -WRITER):
            throw("sync: RUnlock of unlocked RWMutex")
        self._readers -= 1
        if watching.on:
            tell(RUNLOCK, self)
        if self._readers < 0:  # a writer waits: the last reader that it waits for lets it in
            self._departing -= 1
            if self._departing == 0:
                self._may_write.release()
        self._unlocks += 1
        if self._unlocks % UNLOCKS_AT_ONCE == 0:
            self._let_others_run()

    def rlocker(self) -> RLocker:
        """A lock whose `lock` and `unlock` are this one's `rlock` and `runlock`."""
        return RLocker(self)

    # -- their parts -------------------------------------------------------------------------------

    def _wait_for_readers(self) -> None:
        try:
            self._may_write.acquire("sync.RWMutex.Lock", self)
        except BaseException:  # the run has ended: this writer no longer waits
            self._readers += WRITER
            self._departing = 0
            self._writers._locked = False
            raise

    def _wait_for_writer(self) -> None:
        try:
            self._may_read.acquire("sync.RWMutex.RLock", self)
        except BaseException:  # the run has ended: this reader no longer waits
            self._readers -= 1
            raise

    def _let_others_run(self) -> None:
        """A loop may lock and unlock until something has changed, which somebody has to change."""
        goroutine = current()
        if goroutine is not None:
            goroutine.run.stand_back(goroutine)

    def _only_looked(self, kind: str) -> None:
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(kind, self)
            goroutine.run.poll(goroutine)

    def __enter__(self) -> RWMutex:
        self.lock()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.unlock()

    def __copy__(self) -> RWMutex:
        """A lock of its own in the same state, as Go's assignment makes; nobody waits for it."""
        twin = RWMutex(self.name)
        twin._writers = copy(self._writers)
        twin._readers = self._readers
        twin._departing = self._departing
        twin._may_read = copy(self._may_read)
        twin._may_write = copy(self._may_write)
        return twin

    def __repr__(self) -> str:
        return f"<RWMutex{spaced(self.name)} {self._state()}>"

    def _state(self) -> str:
        if self._readers < 0 and self._departing <= 0:
            return "locked"
        readers = self._departing if self._readers < 0 else self._readers
        return f"read by {readers}" if readers else "unlocked"


class RLocker:
    """The reading side of a RWMutex, for whoever takes any lock: `with rw.rlocker():`, `Cond`."""

    __slots__ = ("_rw",)

    def __init__(self, rw: RWMutex) -> None:
        self._rw = rw

    @property
    def name(self) -> str | None:
        """The RWMutex's."""
        return self._rw.name

    def lock(self) -> None:
        """Locks for reading; see `RWMutex.rlock`."""
        self._rw.rlock()

    def unlock(self) -> None:
        """Unlocks after reading; see `RWMutex.runlock`."""
        self._rw.runlock()

    def __enter__(self) -> RLocker:
        self.lock()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.unlock()

    def __repr__(self) -> str:
        return f"<RLocker of {self._rw!r}>"
