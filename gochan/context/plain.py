"""Contexts that nobody cancels: the roots, values, and what goes on without being cancelled.

Always true: a context knows its parent and never changes, so no operation here is visible but
`err`, round which a program may loop.

Source: Go's context/context.go.
"""

# ruff: noqa: SLF001 - the contexts of one family know each other's insides

from __future__ import annotations

from typing import Any, Protocol

from ..channel import nil
from ..directions import RecvChan
from ..runtime.event import current
from .text import name_of_type, text_in_a_context

CANCELER = object()  # the key under which a context has the one that it is cancelled with
MISSING = object()


class Context(Protocol):
    """What a context can be asked; a class of your own with these four methods is one too."""

    def deadline(self) -> tuple[float, bool]:
        """The program time at which it will be cancelled, and true; `(0.0, False)` if never."""

    def done(self) -> RecvChan[Any]:
        """A channel that is closed when the context is cancelled; `nil` if it never is."""

    def err(self) -> BaseException | None:
        """None until it is cancelled; then, for ever, Canceled or DeadlineExceeded."""

    def value(self, key: Any) -> Any:
        """The value for `key` in this context or the nearest above it that has one, or None."""


class Never:
    """A context that is never cancelled and has no deadline."""

    __slots__ = ()

    def deadline(self) -> tuple[float, bool]:
        """There is none: `(0.0, False)`."""
        return 0.0, False

    def done(self) -> RecvChan[Any]:
        """The nil channel: nobody ever closes it."""
        return nil

    def err(self) -> BaseException | None:
        """Always None."""
        goroutine = current()
        if goroutine is not None:
            goroutine.run.glance(goroutine)
        return None


class Root(Never):
    """A context above all others; it has no values."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def value(self, key: Any) -> Any:
        """Always None."""
        return None

    def __repr__(self) -> str:
        return self._text


class Derived:
    """A context with a parent, whose values it has too."""

    __slots__ = ("_parent",)

    def __init__(self, parent: Context) -> None:
        self._parent = parent

    def value(self, key: Any) -> Any:
        """The value for `key` in this context or the nearest above it that has one, or None.

        Keys are the same if they are equal and of the same type.
        """
        context: Any = self
        while isinstance(context, Derived):
            found = context._own(key)
            if found is not MISSING:
                return found
            context = context._parent
        return context.value(key)

    def _own(self, key: Any) -> Any:
        """This context's own value for `key`, or MISSING."""
        return MISSING

    def _step(self) -> str:
        """What `str` of the context has behind its parent's."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """How it was made, as Go prints it: `context.Background.WithCancel`."""
        steps = []
        context: Any = self
        while isinstance(context, Derived):
            steps.append(context._step())
            context = context._parent
        root = repr(context) if isinstance(context, Root) else name_of_type(type(context))
        return root + "".join(reversed(steps))


class ValueContext(Derived):
    """A context with one value more than its parent; all else is the parent's."""

    __slots__ = ("_key", "_value", "_behind")

    def __init__(self, parent: Context, key: Any, value: Any) -> None:
        super().__init__(parent)
        self._key = key
        self._value = value
        self._behind = behind(parent)

    def deadline(self) -> tuple[float, bool]:
        """The parent's."""
        return self._behind.deadline()

    def done(self) -> RecvChan[Any]:
        """The parent's."""
        return self._behind.done()

    def err(self) -> BaseException | None:
        """The parent's."""
        return self._behind.err()

    def _own(self, key: Any) -> Any:
        same = type(key) is type(self._key) and bool(key == self._key)
        return self._value if same else MISSING

    def _step(self) -> str:
        return f".WithValue({text_in_a_context(self._key)}, {text_in_a_context(self._value)})"


class WithoutCancel(Never, Derived):
    """A context with its parent's values, but never cancelled and without deadline."""

    __slots__ = ()

    def _own(self, key: Any) -> Any:
        return None if key is CANCELER else MISSING

    def _step(self) -> str:
        return ".WithoutCancel"


def behind(context: Context) -> Context:
    """The context itself, or the nearest above it that does more than hold a value."""
    return context._behind if isinstance(context, ValueContext) else context
