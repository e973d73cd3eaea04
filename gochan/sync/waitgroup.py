"""A count of goroutines to wait for.

Source: Go's sync/waitgroup.go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Panic
from ..runtime.event import ADD, WAIT, current, enter, tell, watching
from ..runtime.naming import given_or_assigned
from ..runtime.source import caller
from ..runtime.waiting import wait_in, wake
from ..runtime.waitq import WaitQueue
from ..runtime.words import check_function, running_goroutine, spawn


class WaitGroup:
    """Counts goroutines; `wait` blocks until the count is zero.

    Source: Go's sync/waitgroup.go.
    """

    __slots__ = ("name", "_count", "_queue")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "WaitGroup")
        self._count = 0
        self._queue = WaitQueue()

    def add(self, delta: int) -> None:
        """Adds to the count; releases the waiters when it comes to zero.

        Raises Panic if the count becomes negative.
        """
        if watching.on:
            enter()
        if not isinstance(delta, int) or isinstance(delta, bool):
            raise TypeError(f"WaitGroup.add takes a whole number, not {delta!r}")
        self._count += delta
        if watching.on:
            tell(ADD, self, delta)
        if self._count < 0:
            raise Panic("sync: negative WaitGroup counter")
        if self._count == 0:
            while (waiter := self._queue.take()) is not None:
                wake(waiter, None, True)

    def done(self) -> None:
        """One less."""
        self.add(-1)

    def wait(self) -> None:
        """Blocks until the count is zero; at once if it is.

        Raises Panic if the group was used anew before this call could return.
        """
        if watching.on:
            enter()
        if self._count == 0:
            if watching.on:
                tell(WAIT, self)
            goroutine = current()
            if goroutine is not None:
                goroutine.run.poll(goroutine)
            return
        wait_in(self._queue, "sync.WaitGroup.Wait", self)
        if self._count != 0:
            raise Panic("sync: WaitGroup is reused before previous Wait has returned")

    def go(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
        """Counts one more, and starts a goroutine that counts one less when `fn` returns."""
        creator = running_goroutine("WaitGroup.go")
        check_function(fn, "WaitGroup.go takes a function and its arguments")
        self.add(1)
        spawn(creator, caller(), self._run, (fn, args, kwargs), {})

    def _run(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            fn(*args, **kwargs)
        except Panic as first:  # as in Go: caught and panicked again, so nothing is counted down
            again = Panic(first.value).with_traceback(first.__traceback__)
            raise again  # noqa: B904 - `first` is its context, and stays so
        self.done()

    def __copy__(self) -> WaitGroup:
        """A count of its own, as Go's assignment makes: who waits here doesn't hear of that one."""
        twin = WaitGroup(self.name)
        twin._count = self._count
        return twin

    def __repr__(self) -> str:
        return f"<WaitGroup {self.name or ''} {self._count}>"
