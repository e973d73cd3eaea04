"""Variables whose every operation is one step, so that goroutines may share them without a lock.

Source: Go's package sync/atomic.
"""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from .comparing import equal
from .errors import Panic
from .runtime.event import ADD, LOAD, STORE, SWAP, TRY_SWAP, current, enter, tell, watching
from .runtime.naming import given_or_assigned, spaced

T = TypeVar("T")


class _Atomic(Generic[T]):
    """What all of them do; a class says which values it takes, and which of them are the same.

    An operation that only looked lets the others run now and then, so a goroutine that spins on an
    atomic doesn't freeze the program; so does one that stores again and again.
    """

    __slots__ = ("name", "_value", "__orig_class__")

    def __init__(self, value: T, name: str | None = None) -> None:
        self._value: T = self._taken("", value)
        self.name = given_or_assigned(name, type(self).__name__)

    def load(self) -> T:
        """The value."""
        if watching.on:
            enter(LOAD, self)
        value = self._value
        self._only_looked(LOAD, value)
        return value

    def store(self, value: T) -> None:
        """Sets the value."""
        if watching.on:
            enter(STORE, self)
        self._set(STORE, self._taken("store", value))

    def swap(self, new: T) -> T:
        """Sets the value; returns the one before."""
        if watching.on:
            enter(SWAP, self)
        new, old = self._taken("swap", new), self._value
        self._set(SWAP, new)
        return old

    def compare_and_swap(self, old: T, new: T) -> bool:
        """Sets the value to `new` if it is `old`; whether it did."""
        if watching.on:
            enter(TRY_SWAP, self, old)
        old, new = self._compared(old, new)
        if not self._same(self._value, old):
            self._only_looked(TRY_SWAP, self._value)
            return False
        self._set(SWAP, new)
        return True

    # -- their parts -------------------------------------------------------------------------------

    def _taken(self, operation: str, value: Any) -> Any:
        """The value as it is kept; refuses the wrong ones. `operation` is "" for a start value."""
        return value

    def _compared(self, old: Any, new: Any) -> tuple[Any, Any]:
        """The values of compare_and_swap as they are kept; refuses the wrong ones."""
        return self._taken("compare_and_swap", old), self._taken("compare_and_swap", new)

    def _same(self, held: Any, old: Any) -> bool:
        return bool(held == old)

    def _set(self, kind: str, value: Any, told: Any = None) -> None:
        self._value = value
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(kind, self, value if told is None else told)
            goroutine.run.polling.breathe(goroutine)

    def _only_looked(self, kind: str, value: Any) -> None:
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(kind, self, value)
            goroutine.run.poll(goroutine)

    def _wrong(self, operation: str, wanted: str, value: Any) -> TypeError:
        what = type(self).__name__ + (f".{operation}" if operation else "")
        return TypeError(f"{what} takes {wanted}, not {value!r}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}{spaced(self.name)} {self._value!r}>"


class Int(_Atomic[int]):
    """An atomic int, of 64 bits as Go's: what doesn't fit in wraps round.

    Parameters
    ----------
    value
        What it holds at first.

    Raises TypeError for what is no whole number.

    Source: Go's sync/atomic/type.go.
    """

    __slots__ = ()

    bits: ClassVar[int] = 64
    signed: ClassVar[bool] = True

    def __init__(self, value: int = 0, name: str | None = None) -> None:
        super().__init__(value, name)

    def add(self, delta: int) -> int:
        """Adds to the value; returns the new one."""
        if watching.on:
            enter(ADD, self)
        delta = self._number("add", delta)
        value = self._wrapped(self._value + delta)
        self._set(ADD, value, told=delta)
        return value

    def and_(self, mask: int) -> int:
        """Keeps the bits that `mask` has too; returns the value before."""
        if watching.on:
            enter(SWAP, self)
        old = self._value
        self._set(SWAP, self._wrapped(old & self._number("and_", mask)))
        return old

    def or_(self, mask: int) -> int:
        """Sets the bits that `mask` has; returns the value before."""
        if watching.on:
            enter(SWAP, self)
        old = self._value
        self._set(SWAP, self._wrapped(old | self._number("or_", mask)))
        return old

    def _taken(self, operation: str, value: Any) -> int:
        return self._wrapped(self._number(operation, value))

    def _number(self, operation: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(operation, "a whole number", value)
        return value

    def _wrapped(self, value: int) -> int:
        lowest = -(1 << (self.bits - 1)) if self.signed else 0
        return (value - lowest) % (1 << self.bits) + lowest


class Int32(Int):
    """An atomic int32: from -2,147,483,648 to 2,147,483,647."""

    __slots__ = ()
    bits = 32


class Int64(Int):
    """An atomic int64, which is what `Int` is too."""

    __slots__ = ()


class Uint32(Int):
    """An atomic uint32: from 0 to 4,294,967,295."""

    __slots__ = ()
    bits = 32
    signed = False


class Uint64(Int):
    """An atomic uint64: from 0 to 2**64 - 1."""

    __slots__ = ()
    signed = False


class Bool(_Atomic[bool]):
    """An atomic bool.

    Raises TypeError for what is neither True nor False.

    Source: Go's sync/atomic/type.go.
    """

    __slots__ = ()

    def __init__(self, value: bool = False, name: str | None = None) -> None:
        super().__init__(value, name)

    def _taken(self, operation: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._wrong(operation, "True or False", value)
        return value


class Pointer(_Atomic[T | None]):
    """An atomic reference to any object, None at first; two are the same if they are one object.

    Source: Go's sync/atomic/type.go.
    """

    __slots__ = ()

    def __init__(self, value: T | None = None, name: str | None = None) -> None:
        super().__init__(value, name)

    def _same(self, held: Any, old: Any) -> bool:
        return held is old


class Value(_Atomic[Any]):
    """An atomic value of any type; the first one that is stored settles the type.

    `load` returns None before that.

    Raises Panic for storing None or a value of another type, and for comparing values of a type
    that can't be compared, such as lists.

    Source: Go's sync/atomic/value.go.
    """

    __slots__ = ()

    def __init__(self, value: Any = None, name: str | None = None) -> None:
        super().__init__(value, name)

    def _taken(self, operation: str, value: Any) -> Any:
        if operation:
            self._check(operation, value)
        return value

    def _compared(self, old: Any, new: Any) -> tuple[Any, Any]:
        if new is not None and old is not None and type(old) is not type(new):
            raise Panic("sync/atomic: compare and swap of inconsistently typed values")
        self._check("compare and swap", new)
        return old, new

    def _check(self, operation: str, value: Any) -> None:
        if value is None:
            raise Panic(f"sync/atomic: {operation} of nil value into Value")
        if self._value is not None and type(value) is not type(self._value):
            raise Panic(f"sync/atomic: {operation} of inconsistently typed value into Value")

    def _same(self, held: Any, old: Any) -> bool:
        return equal(held, old)
