"""A count of goroutines to wait for.

Source: Go's sync/waitgroup.go.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from sys import _getframe as getframe
from typing import Any

from ..errors import Panic
from ..runtime.crash import panic_again
from ..runtime.event import ADD, WAIT, Tape, current, enter, home_of_new, tell, watching
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import check_spawned, running_goroutine, spawn
from .semaphore import Semaphore


class WaitGroup:
    """Counts goroutines; `wait` blocks until the count is zero.

    Always true:
    - `_waiting` counts those for whom there is no permit yet; when the count comes to zero, as many
      permits are laid down. Who uses the group anew in that instant may take another's.

    Source: Go's sync/waitgroup.go.
    """

    __slots__ = ("name", "_count", "_waiting", "_permits", "home")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "WaitGroup")
        self._count = 0
        self._waiting = 0
        self._permits = Semaphore()
        self.home = home_of_new()

    def add(self, delta: int) -> None:
        """Adds to the count; releases the waiters when it comes to zero.

        Raises Panic if the count becomes negative.
        """
        if isinstance(delta, bool) or not hasattr(delta, "__index__"):
            raise TypeError(f"WaitGroup.add takes a whole number, not {delta!r}")
        delta = index(delta)
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(ADD, self, delta) if watching.on else None
        )
        if tape is not None:
            at = getframe(1)
            tape += (ADD, self, delta, at.f_code, at.f_lasti)
        self._count += delta
        if self._count <= 0:
            self._none_left()

    def done(self) -> None:
        """One less."""
        tape: Tape | None = (
            self.home.plain_tape or self.home.begin(ADD, self, -1) if watching.on else None
        )
        if tape is not None:
            at = getframe(1)
            tape += (ADD, self, -1, at.f_code, at.f_lasti)
        self._count -= 1
        if self._count <= 0:
            self._none_left()

    def _none_left(self) -> None:
        if self._count < 0:
            raise Panic("sync: negative WaitGroup counter")
        waiting, self._waiting = self._waiting, 0
        for _ in range(waiting):
            self._permits.release()

    def wait(self) -> None:
        """Blocks until the count is zero; at once if it is.

        Raises Panic if the group was used anew before this call could return.
        """
        if watching.on:
            enter(WAIT, self)
        if self._count == 0:
            if watching.on:
                tell(WAIT, self)
            goroutine = current()
            if goroutine is not None:
                goroutine.run.poll(goroutine)
            return
        self._waiting += 1
        try:
            self._permits.acquire("sync.WaitGroup.Wait", self)
        except BaseException:  # the run has ended, and all who waited with it
            self._waiting = 0
            raise
        if self._count != 0:
            raise Panic("sync: WaitGroup is reused before previous Wait has returned")

    def go(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
        """Counts one more, and starts a goroutine that counts one less when `fn` returns.

        Raises Panic, and starts nothing, if the count is still negative then.
        """
        creator = running_goroutine("WaitGroup.go")
        check_spawned(creator.run, fn, "WaitGroup.go takes a function and its arguments")
        if watching.on:
            enter(ADD, self, 1)
            tell(ADD, self, 1)
        self._count += 1
        if self._count <= 0:  # it was negative
            self._none_left()
        spawn(creator, getframe(1), self._run, (fn, args, kwargs), {}, name_of=fn)

    def _run(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            fn(*args, **kwargs)
        except Panic as first:  # as in Go, so nothing is counted down
            panic_again(first)
        self.done()

    def __copy__(self) -> WaitGroup:
        """A count of its own, as Go's assignment makes: who waits here doesn't hear of that one."""
        twin = WaitGroup(self.name)
        twin._count = self._count
        return twin

    def __repr__(self) -> str:
        return f"<WaitGroup{spaced(self.name)} {self._count}>"
