"""Goroutines that work on one task: all are waited for, the first error ends it.

Source: golang.org/x/sync/errgroup.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import context
from .channel import Chan
from .errors import Panic, ProgramError
from .runtime.crash import describe
from .runtime.event import FAIL, LIMIT, enter, stand_here, tell, watching
from .runtime.goroutine import Goroutine
from .runtime.naming import given_or_assigned
from .runtime.source import caller
from .runtime.words import check_function, running_goroutine, spawn
from .selecting import default, select, send
from .sync import WaitGroup


class _Token:
    """What lies in the channel of a group with a limit, one for each goroutine that runs."""

    def __repr__(self) -> str:
        return "token"


_TOKEN = _Token()


class Group:
    """Counts goroutines like a WaitGroup, and keeps the first error; `Group()` cancels nothing.

    Always true:
    - What a function of the group raises is its error. A Panic or a FatalError is none: it ends the
      program, as it would in any goroutine.
    - With a limit, each goroutine has a token in a channel of that capacity while it runs.

    Source: golang.org/x/sync/errgroup, Group.
    """

    __slots__ = ("name", "_wait_group", "_tokens", "_error", "_cancel")

    def __init__(self, name: str | None = None) -> None:
        self.name = given_or_assigned(name, "Group") or "group"
        self._wait_group = WaitGroup(self.name)
        self._tokens: Chan[_Token] | None = None
        self._error: Exception | None = None
        self._cancel: Callable[[BaseException | None], None] | None = None

    def go(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> None:
        """Starts `fn(*args, **kwargs)` as a goroutine of the group; blocks at its limit.

        Raises TypeError for what can't be a goroutine's function, RuntimeError outside a run.
        """
        creator = _checked(fn, "Group.go")
        if watching.on:
            stand_here()
        if self._tokens is not None:
            self._tokens.send(_TOKEN)
        self._start(creator, fn, args, kwargs)

    def try_go(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> bool:
        """Starts it only if the group is below its limit; whether it did."""
        creator = _checked(fn, "Group.try_go")
        if watching.on:
            stand_here()
        if self._tokens is not None and select(send(self._tokens, _TOKEN), default)[0] == 1:
            return False
        self._start(creator, fn, args, kwargs)
        return True

    def set_limit(self, n: int) -> None:
        """At most `n` of its goroutines at a time; negative: no limit; 0: none can start.

        Raises Panic while goroutines that were counted are active, TypeError for no whole number.
        """
        if watching.on:
            enter(LIMIT, self)
        if not isinstance(n, int) or isinstance(n, bool):
            raise TypeError(f"the limit of a group is a whole number, not {n!r}")
        if n < 0:
            self._tokens = None
        else:
            self._check_idle()
            self._tokens = Chan(n, name=f"{self.name}.limit")
        if watching.on:
            tell(LIMIT, self._wait_group, n if n >= 0 else "any number")

    def wait(self) -> None:
        """Blocks until all have returned, cancels the group's context, and raises the first error.

        The error is the very exception that the function raised, each time again.
        """
        if watching.on:
            stand_here()
        self._wait_group.wait()
        if self._cancel is not None:
            self._cancel(self._error)
        if self._error is not None:
            raise self._error

    def _check_idle(self) -> None:
        active = self._tokens.filled() if self._tokens is not None else 0
        if active:
            raise Panic(
                RuntimeError(
                    f"errgroup: modify limit while {active} goroutines in the group "
                    "are still active"
                )
            )

    def _start(
        self, creator: Goroutine, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: Any
    ) -> None:
        self._wait_group.add(1)
        spawn(creator, caller(), self._run, (fn, args, kwargs), {}, name_of=fn)

    def _run(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            result = fn(*args, **kwargs)
        except ProgramError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the function's error
            self._failed(error)
        else:
            _refuse_error(fn, result)
        if self._tokens is not None:
            self._tokens.recv()
        self._wait_group.done()

    def _failed(self, error: Exception) -> None:
        if watching.on:
            enter(FAIL, self)  # which of several is the first is up to the schedule
        if self._error is not None:
            return
        self._error = error
        describe(error, running_goroutine("a group"))
        if self._cancel is not None:
            self._cancel(error)

    def __repr__(self) -> str:
        return repr(self._wait_group).replace("WaitGroup", "Group", 1)


def with_context(ctx: context.Context, *, name: str | None = None) -> tuple[Group, context.Context]:
    """A group, and a context under `ctx` that is cancelled by its first error or by `wait`.

    `context.cause` of it is that error, or Canceled if there was none.

    Raises Panic for None, TypeError for what is no context.
    """
    group = Group(given_or_assigned(name, "with_context", 0, 2))
    derived, group._cancel = context.with_cancel_cause(  # noqa: SLF001 - it makes the group
        ctx, name=given_or_assigned(None, "with_context", 1, 2)
    )
    return group, derived


def _checked(fn: Any, what: str) -> Goroutine:
    creator = running_goroutine(what)
    check_function(fn, f"{what} takes a function and its arguments")
    return creator


def _refuse_error(fn: Any, result: Any) -> None:
    """An error that is returned, as in Go, would be lost here: that must not pass silently."""
    if isinstance(result, BaseException):
        name = getattr(fn, "__name__", repr(fn))
        raise TypeError(f"{name} returned {result!r}: in a group an error is raised, not returned")


__all__ = ["Group", "with_context"]
