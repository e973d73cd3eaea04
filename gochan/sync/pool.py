"""A place for things to be used again.

Source: Go's sync/pool.go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..runtime.event import LOAD, MISS, STORE, current, enter, tell, watching
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import check_function


class Pool:
    """Keeps things that are costly to make: `put` them back, `get` them out.

    Parameters
    ----------
    new
        Makes a thing when the pool is empty; without it `get` returns None then. It is in `.new`.

    Which thing `get` returns is not promised. Here it is as in Go with one processor: the first
    that was put into the empty pool stands beside the others and goes out first; then the newest.

    Raises TypeError for a `new` that can't be called.

    Source: Go's sync/pool.go.
    """

    __slots__ = ("new", "name", "_private", "_shared")

    def __init__(self, new: Callable[[], Any] | None = None, name: str | None = None) -> None:
        if new is not None:
            check_function(new, "Pool takes a function that makes a thing")
        self.new = new
        self.name = given_or_assigned(name, "Pool")
        self._private: Any = None
        self._shared: list[Any] = []

    def get(self) -> Any:
        """Takes a thing out, or makes a new one."""
        if watching.on:
            enter(LOAD, self)
        thing, self._private = self._private, None
        if thing is None and self._shared:
            thing = self._shared.pop()
        if thing is not None:
            if watching.on:
                tell(LOAD, self, thing)
            return thing
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(MISS, self, _SPARE)
            goroutine.run.poll(goroutine)
        return self.new() if self.new is not None else None

    def put(self, thing: Any) -> None:
        """Puts a thing back; None is not kept."""
        if watching.on:
            enter(STORE, self)
        if thing is None:
            return
        if self._private is None:
            self._private = thing
        else:
            self._shared.append(thing)
        if watching.on:
            tell(STORE, self, thing)

    def __repr__(self) -> str:
        count = len(self._shared) + (self._private is not None)
        return f"<Pool{spaced(self.name)} {count} things>"


class _Spare:
    """What an empty pool lacks, in words."""

    def __repr__(self) -> str:
        return "spare thing"


_SPARE = _Spare()
