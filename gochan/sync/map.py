"""A map that goroutines may share.

Source: Go's sync/map.go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..comparing import equal, map_key
from ..runtime.event import (
    CLEAR,
    DELETE,
    LOAD,
    MISS,
    RANGE,
    STORE,
    SWAP,
    TRY_SWAP,
    current,
    enter,
    tell,
    watching,
)
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import check_function


class Entry(NamedTuple):
    """A key and its value, as they are told: `'a': 1`."""

    key: Any
    value: Any

    def __repr__(self) -> str:
        return f"{self.key!r}: {self.value!r}"


class Map:
    """A map whose every operation is one step, so that goroutines may share it without a lock.

    A missing value is None. Keys and values are of any type; keys are the same if they are of one
    type and equal, so 1 and True are two.

    Every method raises Panic for a key that can't be hashed.

    Source: Go's sync/map.go.
    """

    __slots__ = ("name", "_entries")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Map")
        self._entries: dict[tuple[type, Any], Any] = {}

    def load(self, key: Any) -> tuple[Any, bool]:
        """The key's value, and whether there is one."""
        place = self._enter(LOAD, key)
        return self._look(key, place)

    def store(self, key: Any, value: Any) -> None:
        """Sets the key's value."""
        place = self._enter(STORE, key)
        self._set(STORE, place, key, value)

    def load_or_store(self, key: Any, value: Any) -> tuple[Any, bool]:
        """The key's value and true if there is one; else sets it, and returns it and false."""
        place = self._enter(STORE, key)
        if place in self._entries:
            return self._look(key, place)
        self._set(STORE, place, key, value)
        return value, False

    def load_and_delete(self, key: Any) -> tuple[Any, bool]:
        """Deletes the key; returns the value that it had, and whether there was one."""
        place = self._enter(DELETE, key)
        if place not in self._entries:
            return self._look(key, place)
        return self._delete(key, place), True

    def delete(self, key: Any) -> None:
        """Deletes the key, if it is there."""
        self.load_and_delete(key)

    def swap(self, key: Any, value: Any) -> tuple[Any, bool]:
        """Sets the key's value; returns the one that it had, and whether there was one."""
        place = self._enter(SWAP, key)
        before, loaded = self._entries.get(place), place in self._entries
        self._set(SWAP, place, key, value)
        return before, loaded

    def compare_and_swap(self, key: Any, old: Any, new: Any) -> bool:
        """Sets the key's value to `new` if it is `old`; whether it did.

        Raises Panic if the two are of a type that can't be compared.
        """
        place = self._enter(SWAP, key)
        if not self._holds(key, place, old):
            return False
        self._set(SWAP, place, key, new)
        return True

    def compare_and_delete(self, key: Any, old: Any) -> bool:
        """Deletes the key if its value is `old`; whether it did.

        Raises Panic if the two are of a type that can't be compared.
        """
        place = self._enter(DELETE, key)
        if not self._holds(key, place, old):
            return False
        self._delete(key, place)
        return True

    def clear(self) -> None:
        """Deletes all keys."""
        if watching.on:
            enter(CLEAR, self)
        self._entries.clear()
        if watching.on:
            tell(CLEAR, self)

    def range(self, f: Callable[[Any, Any], bool]) -> None:
        """Calls `f(key, value)` for each key, until it returns False.

        It is no snapshot: each key comes with the value that it has by then, those deleted
        meanwhile don't come, and nor do new ones. `f` may use the map.

        Raises TypeError if `f` can't be called or returns neither True nor False.
        """
        if watching.on:
            enter(RANGE, self)
        check_function(f, "Map.range takes a function of a key and a value")
        self._only_looked(RANGE)
        for key in [key for _, key in self._entries]:
            place = self._enter(LOAD, key)
            if place not in self._entries:
                continue
            value, _ = self._look(key, place)
            goes_on = f(key, value)
            if not isinstance(goes_on, bool):
                raise TypeError(
                    "the function given to Map.range returns True to go on or False to stop, "
                    f"not {goes_on!r}"
                )
            if not goes_on:
                return

    # -- their parts -------------------------------------------------------------------------------

    def _enter(self, kind: str, key: Any) -> tuple[type, Any]:
        """Begins an operation; where the key's value is."""
        if watching.on:
            enter(kind, self)
        return map_key(key)

    def _look(self, key: Any, place: tuple[type, Any]) -> tuple[Any, bool]:
        """The value, and whether there is one, of an operation that changes nothing."""
        value, ok = self._entries.get(place), place in self._entries
        if ok:
            self._only_looked(LOAD, Entry(key, value))
        else:
            self._only_looked(MISS, key)
        return value, ok

    def _holds(self, key: Any, place: tuple[type, Any], old: Any) -> bool:
        if place not in self._entries:
            self._only_looked(MISS, key)
            return False
        value = self._entries[place]
        if not equal(value, old):
            self._only_looked(TRY_SWAP, Entry(key, value))
            return False
        return True

    def _set(self, kind: str, place: tuple[type, Any], key: Any, value: Any) -> None:
        self._entries[place] = value
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(kind, self, Entry(key, value))
            goroutine.run.polling.breathe(goroutine)

    def _delete(self, key: Any, place: tuple[type, Any]) -> Any:
        value = self._entries.pop(place)
        if watching.on:
            tell(DELETE, self, Entry(key, value))
        return value

    def _only_looked(self, kind: str, value: Any = None) -> None:
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(kind, self, value)
            goroutine.run.poll(goroutine)

    def __repr__(self) -> str:
        return f"<Map{spaced(self.name)} {len(self._entries)} keys>"
