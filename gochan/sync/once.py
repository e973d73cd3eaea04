"""What is done once, whoever comes first.

Source: Go's sync/once.go and sync/oncefunc.go.
"""
# ruff: noqa: SLF001 - whoever comes later waits in a Mutex, by its parts that are seen by nobody

from __future__ import annotations

import functools
from collections.abc import Callable
from copy import copy
from types import TracebackType
from typing import Any, TypeVar

from greenlet import GreenletExit

from ..errors import NIL_DEREFERENCE, Panic
from ..runtime.crash import panic_again
from ..runtime.event import DO, DONE, SKIP, current, enter, home_of_new, tell, watching
from ..runtime.naming import given_or_assigned, spaced
from ..runtime.words import check_function
from .mutex import Mutex

T = TypeVar("T")


class Once:
    """Calls one function once: `once.do(f)`.

    Always true:
    - Nobody returns from `do` before the first call has ended.
    - However that call ended, it is done.

    Source: Go's sync/once.go.
    """

    __slots__ = ("name", "_done", "_mutex", "home")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Once")
        self._done = False
        self._mutex = Mutex(name="")  # held while the function runs
        self.home = home_of_new()

    def do(self, f: Callable[[], object] | None) -> None:
        """Calls `f()` if this is the first call of `do`; else waits until that one has ended.

        What `f` raises is raised here, in the first call only. A call of `do` inside `f` blocks for
        ever.

        Raises TypeError for what can't be called, Panic for None, which counts as done.
        """
        if watching.on:
            enter(DO, self)
        if f is not None:
            check_function(f, "Once.do takes a function")
        if not self._done and self._is_first():
            self._do(f)
            return
        if watching.on:
            tell(SKIP, self)
        goroutine = current()
        if goroutine is not None:
            goroutine.run.poll(goroutine)

    def _is_first(self) -> bool:
        """Waits while somebody does it; whether it is still to be done."""
        self._mutex._acquire(self)
        if self._done:
            self._mutex._release()
            return False
        return True

    def _do(self, f: Callable[[], object] | None) -> None:
        if watching.on:
            tell(DO, self)
        try:
            try:
                if f is None:
                    raise Panic(NIL_DEREFERENCE)
                f()
            finally:
                self._enter_end()
        except GreenletExit:  # the run has ended in the middle of it: it was not done
            self._mutex._locked = False
            raise
        except BaseException:
            self._has_done()
            raise
        self._has_done()

    def _enter_end(self) -> None:
        if watching.on:
            enter(DONE, self)

    def _has_done(self) -> None:
        self._done = True
        if watching.on:
            tell(DONE, self)
        self._mutex._release()

    def __copy__(self) -> Once:
        """One of its own, as far done, as Go's assignment makes: of one being done it never is."""
        twin = Once(self.name)
        twin._done = self._done
        twin._mutex = copy(self._mutex)
        return twin

    def __repr__(self) -> str:
        state = "done" if self._done else "being done" if self._mutex._locked else "not done"
        return f"<Once{spaced(self.name)} {state}>"


def once_func(f: Callable[[], object]) -> Callable[[], None]:
    """A function that calls `f()` when it is first called, and never again.

    If `f` raises, every call raises the same exception, or panics with the same value.

    Raises TypeError for what can't be called.

    Source: Go's sync/oncefunc.go.
    """
    call = _once(f, "once_func")

    @functools.wraps(f)
    def without_value() -> None:
        call()

    return without_value


def once_value(f: Callable[[], T]) -> Callable[[], T]:
    """A function that returns what `f()` returned when it was first called.

    If `f` raises, every call raises the same exception, or panics with the same value.

    Raises TypeError for what can't be called.

    Source: Go's sync/oncefunc.go.
    """
    return _once(f, "once_value")


def once_values(f: Callable[[], T]) -> Callable[[], T]:
    """`once_value` for a function with several results, which are one tuple in Python."""
    return _once(f, "once_values")


def _once(f: Callable[[], T], kind: str) -> Callable[[], T]:
    check_function(f, f"{kind} takes a function")
    name = given_or_assigned(None, kind) or getattr(f, "__name__", None)
    once = Once(name or kind)
    value: Any = None
    failure: BaseException | None = None
    raised_in: TracebackType | None = None

    def first() -> None:
        nonlocal value, failure, raised_in
        try:
            value = f()
        except GreenletExit:  # the run has ended: it was not done
            raise
        except BaseException as error:
            failure, raised_in = error, error.__traceback__
            raise

    @functools.wraps(f)
    def call() -> T:
        try:
            once.do(first)
        except Panic as panicked:
            panic_again(panicked)
        if isinstance(failure, Panic):
            raise Panic(failure.value)
        if failure is not None:
            raise failure.with_traceback(raised_in)  # or it would grow with each call
        return value  # type: ignore[no-any-return]  # what f returned

    return call
