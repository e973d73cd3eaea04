"""Shared variables whose every access can be seen, and between whose accesses others can come.

Python switches goroutines only at operations of gochan, so a plain variable never shows a lost
update. A `Var` makes the accesses operations.

Source: The Go Memory Model; Go's internal/runtime/maps/map.go for maps.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any, Generic, TypeVar

from .errors import Panic
from .runtime.event import CHANGE, LEAVE, LOOK, READ, WRITE, current, enter, tell, watching
from .runtime.naming import given_or_assigned, spaced
from .runtime.shown import Shown
from .runtime.words import throw

T = TypeVar("T")

READS_AT_ONCE = 1_000  # a loop of more may be waiting for a write: then each lets others run
READING, ITERATION, WRITING = "read", "iteration", "write"  # Go's words for an access to a map
TWO_WRITERS = "concurrent map writes"
ALL_KEYS = Shown("all its keys")


class Var(Generic[T]):
    """A variable that goroutines share: `v.value` reads it, `v.value = x` writes it.

    `v.value += 1` is a read and then a write, and another goroutine may come in between. A `Var`
    that holds a dict also takes `v[key]`, `v[key] = x`, `del v[key]`, `key in v`, `len(v)` and
    `for key in v`, as Go's unguarded map. `Var(None)` is the nil map to those.

    Always true:
    - An access to the map is two operations, going in and coming out. Two goroutines inside at
      once, one of them writing, end the program with Go's fatal error, which nothing can catch.

    Parameters
    ----------
    value
        What it holds first.
    name
        What pictures and reports call it; by default the variable that it is assigned to.
    """

    __slots__ = ("name", "_value", "_reads", "_inside", "__orig_class__")

    def __init__(self, value: T, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Var")
        self._value = value
        self._reads = 0  # since the last write
        self._inside: list[str] = []  # what the goroutines inside the map do there

    @property
    def value(self) -> T:
        """What it holds now."""
        if watching.on:
            enter(READ, self)
        value = self._value
        if watching.on:
            tell(READ, self, value)
        self._count(READING)  # others may run and write
        return value

    @value.setter
    def value(self, value: T) -> None:
        if watching.on:
            enter(WRITE, self)
            tell(WRITE, self, value)
        self._value = value
        self._count(WRITING)

    def _count(self, access: str) -> None:
        """Reads without any write may be a loop that waits for one: it lets others run."""
        self._reads = 0 if access == WRITING else self._reads + 1
        goroutine = current() if self._reads > READS_AT_ONCE else None
        if goroutine is not None:
            goroutine.run.poll(goroutine)

    # -- as a map ----------------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        """The value under a key.

        Raises KeyError if there is none, as a dict does.
        """
        entries = self._entries()
        with self._accessed(key):
            return entries[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        """Puts a value under a key.

        Raises Panic for a nil map.
        """
        if self._value is None:
            raise Panic("assignment to entry in nil map")
        entries = self._entries()
        with self._accessed(key, WRITING):
            entries[key] = value

    def __delitem__(self, key: Any) -> None:
        """Removes a key; one that isn't there is no error, as in Go."""
        entries = self._entries()
        with self._accessed(key, WRITING):
            entries.pop(key, None)

    def __contains__(self, key: Any) -> bool:
        """Whether there is a value under a key."""
        entries = self._entries()
        with self._accessed(key):
            return key in entries

    def __len__(self) -> int:
        """How many keys there are."""
        entries = self._entries()
        with self._accessed(ALL_KEYS):
            return len(entries)

    def __bool__(self) -> bool:
        return True  # a variable is one, whatever it holds

    def __iter__(self) -> Iterator[Any]:
        """The keys; one that is removed meanwhile is left out."""
        entries = self._entries()
        with self._accessed(ALL_KEYS, ITERATION):
            keys = list(entries)
        for key in keys:
            with self._accessed(key, ITERATION):
                is_there = key in entries
            if is_there:
                yield key

    def _accessed(self, key: Any, access: str = READING) -> _Inside:
        self._count(access)
        return _Inside(self, self._inside, key, access)

    def _entries(self) -> MutableMapping[Any, Any]:
        value = self._value
        if value is None:
            return {}  # reading a nil map is reading an empty one
        if not isinstance(value, MutableMapping):
            raise TypeError(
                f"this Var holds {value!r}, which is no map: read and write it with .value"
            )
        return value

    def __repr__(self) -> str:
        return f"<Var{spaced(self.name)} {self._value!r}>"


class _Inside:
    """While this is entered, the goroutine is inside the map; `others` is what the others do."""

    __slots__ = ("_var", "_others", "_key", "_access", "_seen")

    def __init__(self, var: Var[Any], others: list[str], key: Any, access: str) -> None:
        self._var = var
        self._others = others
        self._key = key
        self._access = access
        self._seen = False

    def __enter__(self) -> None:
        if watching.on:
            kind = CHANGE if self._access == WRITING else LOOK
            enter(kind, self._var)
            tell(kind, self._var, self._key)
            self._refuse_company()
            self._seen = True
            self._others.append(self._access)

    def _refuse_company(self) -> None:
        if WRITING in (self._access, *self._others):
            for other in self._others:
                at_work = {self._access, other} - {WRITING}
                throw(f"concurrent map {at_work.pop()} and map write" if at_work else TWO_WRITERS)

    def __exit__(self, *exc_info: object) -> None:
        if self._seen:
            try:
                enter(LEAVE, self._var, self._access)
                tell(LEAVE, self._var)
            finally:  # also when the run is over: its variables may outlive it
                self._others.remove(self._access)
