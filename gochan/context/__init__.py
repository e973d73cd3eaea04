"""Contexts: they tell all who work on one task that it is over, and carry a deadline and values.

    ctx, cancel = context.with_timeout(context.background(), 1.5)
    try:
        match select(recv(answers), recv(ctx.done())):
            case 0, answer, _: ...
            case 1, *_: raise ctx.err()
    finally:
        cancel()

Source: Go's package context.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Panic
from ..runtime.clock import FOREVER, duration_text, to_ns
from ..runtime.event import DERIVE, SET, STOP, enter, tell, tell_with, watching
from ..runtime.naming import given_or_assigned
from ..runtime.words import check_function, running_goroutine
from .cancelling import (
    CancelContext,
    DeadlineContext,
    FunctionContext,
    caller_as_author,
    cancel,
    cause_of,
    deadline_of,
    join,
    parent_to_tell,
)
from .errors import Canceled, DeadlineExceeded
from .plain import Context, Root, ValueContext, WithoutCancel

_BACKGROUND = Root("context.Background")
_TODO = Root("context.TODO")


def background() -> Context:
    """The context that all others come from: never cancelled, no deadline, no values."""
    return _BACKGROUND


def todo() -> Context:
    """The same as `background()`, where it isn't clear yet which context belongs there."""
    return _TODO


def with_cancel(parent: Context, *, name: str | None = None) -> tuple[Context, Callable[[], None]]:
    """A context under `parent`, and the function that cancels it and all that derive from it.

    Call that function when the work is done: until then the parent keeps the context. Calling it
    again does nothing, and any goroutine may call it. `name` is what pictures and reports call the
    context; by default the variable that it is assigned to.

    Raises Panic for None as parent, TypeError for what is no context.
    """
    if watching.on:
        enter(DERIVE, parent)
    return _cancelled_by_hand(parent, given_or_assigned(name, "with_cancel", 0, 2))


def with_cancel_cause(
    parent: Context, *, name: str | None = None
) -> tuple[Context, Callable[[BaseException | None], None]]:
    """The same as `with_cancel`, but cancelling takes the reason, which `cause(ctx)` returns.

    The cause is an exception, or None for `Canceled`; `ctx.err()` is Canceled in any case.
    """
    if watching.on:
        enter(DERIVE, parent)
    context = _derived(parent, CancelContext, given_or_assigned(name, "with_cancel_cause", 0, 2))

    def cancel_with(cause: BaseException | None) -> None:
        cancel(context, _checked_cause(cause))

    cancel_with.__name__ = cancel_with.__qualname__ = "cancel"

    return context, cancel_with


def with_timeout(
    parent: Context, seconds: float, *, name: str | None = None
) -> tuple[Context, Callable[[], None]]:
    """A context that is cancelled in `seconds` of program time, with DeadlineExceeded.

    If the parent's deadline is sooner, that counts. Cancelling takes the deadline back.

    Raises RuntimeError outside a run, whose clock it needs, and what `with_cancel` raises.
    """
    if watching.on:
        enter(DERIVE, parent)
    name = given_or_assigned(name, "with_timeout", 0, 2)
    return _with_deadline(parent, _in(seconds), None, name)


def with_timeout_cause(
    parent: Context, seconds: float, cause: BaseException | None, *, name: str | None = None
) -> tuple[Context, Callable[[], None]]:
    """The same as `with_timeout`, and `cause(ctx)` is `cause` if the time runs out."""
    if watching.on:
        enter(DERIVE, parent)
    name = given_or_assigned(name, "with_timeout_cause", 0, 2)
    return _with_deadline(parent, _in(seconds), cause, name)


def with_deadline(
    parent: Context, when: float, *, name: str | None = None
) -> tuple[Context, Callable[[], None]]:
    """A context that is cancelled at `when`, a program time in seconds, with DeadlineExceeded.

    If the parent's deadline is sooner, that counts. Cancelling takes the deadline back.

    Raises RuntimeError outside a run, whose clock it needs, and what `with_cancel` raises.
    """
    if watching.on:
        enter(DERIVE, parent)
    name = given_or_assigned(name, "with_deadline", 0, 2)
    return _with_deadline(parent, to_ns(when), None, name)


def with_deadline_cause(
    parent: Context, when: float, cause: BaseException | None, *, name: str | None = None
) -> tuple[Context, Callable[[], None]]:
    """The same as `with_deadline`, and `cause(ctx)` is `cause` if the time runs out."""
    if watching.on:
        enter(DERIVE, parent)
    name = given_or_assigned(name, "with_deadline_cause", 0, 2)
    return _with_deadline(parent, to_ns(when), cause, name)


def with_value(parent: Context, key: Any, value: Any) -> Context:
    """A context that is the parent's in all but one value: `ctx.value(key)` is `value`.

    A key is anything that can be hashed. A class or object of your own can't be mistaken for
    somebody else's key, as a str can.

    Raises Panic for None as parent or key and for a key that can't be hashed.
    """
    _check_parent(parent)
    if key is None:
        raise Panic("nil key")
    try:
        hash(key)
    except TypeError:
        raise Panic("key is not comparable") from None
    return ValueContext(parent, key, value)


def without_cancel(parent: Context) -> Context:
    """A context with the parent's values that goes on when the parent is cancelled.

    Raises Panic for None as parent.
    """
    _check_parent(parent)
    return WithoutCancel(parent)


def after_func(ctx: Context, f: Callable[[], Any]) -> Callable[[], bool]:
    """Starts `f` as a goroutine of its own once `ctx` is cancelled; at once if it is already.

    Returns a function that takes that back; it returns true if `f` had not been started. It doesn't
    wait for `f`.

    Raises TypeError for what can't be a goroutine's function, RuntimeError outside a run.
    """
    if watching.on:
        enter(SET, ctx)
    _check_parent(ctx)
    check_function(f, "after_func takes a context and a function")
    function = FunctionContext(ctx, f)
    if watching.on:
        tell(SET, function)
    join(function, caller_as_author())

    def stop() -> bool:
        if watching.on:
            enter(STOP, function)
            tell(STOP, function)
        return function.stop()

    return stop


def cause(ctx: Context) -> BaseException | None:
    """Why `ctx` was cancelled, None if it isn't: the cause that was given, else `ctx.err()`.

    The first reason counts, be it the context's own or that of one above it.
    """
    _check_context(ctx)
    return cause_of(ctx)


def _cancelled_by_hand(parent: Context, name: str | None) -> tuple[Context, Callable[[], None]]:
    context = _derived(parent, CancelContext, name)
    return context, _cancel_function(context)


def _with_deadline(
    parent: Context, when: int, cause: BaseException | None, name: str | None
) -> tuple[Context, Callable[[], None]]:
    _check_parent(parent)
    _checked_cause(cause)
    sooner = deadline_of(parent)
    if sooner is not None and sooner < when:
        return _cancelled_by_hand(parent, name)
    context = _derived(parent, DeadlineContext, name, when, cause)
    return context, _cancel_function(context)


def _in(seconds: float) -> int:
    """The program time, in nanoseconds, that is so many seconds ahead."""
    now = running_goroutine("a context with a deadline").run.clock.now
    return min(now + to_ns(seconds), FOREVER)


def _derived(
    parent: Context, kind: type[CancelContext], name: str | None, *rest: Any
) -> CancelContext:
    _check_parent(parent)
    context = kind(parent, name, *rest)
    if watching.on:
        when = f", deadline at {duration_text(rest[0])}" if rest else ""
        tell_with(DERIVE, context, parent_to_tell(parent), when)
    join(context, caller_as_author())
    return context


def _cancel_function(context: CancelContext) -> Callable[[], None]:
    def cancel_it() -> None:
        cancel(context, None)

    cancel_it.__name__ = cancel_it.__qualname__ = "cancel"
    return cancel_it


def _checked_cause(cause: Any) -> BaseException | None:
    if cause is None or isinstance(cause, BaseException):
        return cause
    raise TypeError(f"a cause is an exception, such as ValueError('too slow'), not {cause!r}")


def _check_parent(parent: Any) -> None:
    if parent is None:
        raise Panic("cannot create context from nil parent")
    _check_context(parent)


def _check_context(thing: Any) -> None:
    methods = (getattr(thing, method, None) for method in ("done", "err", "value", "deadline"))
    if not all(callable(method) for method in methods):
        raise TypeError(f"a context has done, err, value and deadline; this has not: {thing!r}")


__all__ = [
    "Canceled",
    "Context",
    "DeadlineExceeded",
    "after_func",
    "background",
    "cause",
    "todo",
    "with_cancel",
    "with_cancel_cause",
    "with_deadline",
    "with_deadline_cause",
    "with_timeout",
    "with_timeout_cause",
    "with_value",
    "without_cancel",
]
