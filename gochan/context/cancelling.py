"""Contexts that can be cancelled, and how that goes from one to all that derive from it.

Always true:
- A context that can be cancelled knows those that derive from it, and each of them is alive: one
  that is cancelled leaves its parent.
- Cancelling is one operation: nobody runs between the first and the last context of the family.
- A parent of a class of the student's own is watched by a goroutine; gochan's own need none.

Source: Go's context/context.go.
"""

# ruff: noqa: SLF001 - the contexts of one family know each other's insides

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..channel import Chan, channel_of, nil
from ..directions import RecvChan
from ..errors import Panic, text_of
from ..runtime.clock import SECOND, Alarm, duration_text, to_ns
from ..runtime.event import (
    CANCEL,
    CANCEL_AGAIN,
    CANCELED,
    CLOSE,
    DONE_CHANNEL,
    ERR,
    EXPIRE,
    GO,
    current,
    enter,
    tell,
    tell_with,
    watching,
)
from ..runtime.goroutine import Goroutine
from ..runtime.scheduler import Scheduler
from ..runtime.source import caller, instruction
from ..runtime.words import running_goroutine, spawn
from ..selecting import recv, select
from .errors import Canceled, DeadlineExceeded
from .plain import CANCELER, MISSING, Context, Derived, Never, behind
from .text import name_of_type


class Author(NamedTuple):
    """Who cancels: a goroutine; the clock (no goroutine); outside a run nobody."""

    run: Scheduler | None
    goroutine: Goroutine | None

    def tell(self, kind: str, thing: Any, value: Any = None) -> None:
        """Tells what it did."""
        if self.goroutine is not None:
            tell(kind, thing, value)
        elif self.run is not None:
            self.run.tell(kind, thing, value)


def caller_as_author() -> Author:
    """The goroutine that calls, if there is one."""
    goroutine = current()
    return Author(goroutine.run if goroutine is not None else None, goroutine)


class CancelContext(Derived):
    """A context that can be cancelled; `name` is what pictures and reports call it."""

    __slots__ = ("name", "_deadline", "_done", "_error", "_cause", "_children", "_leave")

    def __init__(self, parent: Context, name: str | None) -> None:
        super().__init__(parent)
        self.name = name or "ctx"
        self._deadline = deadline_of(parent)
        self._done: tuple[Chan[None], RecvChan[None]] | None = None  # made when asked for
        self._error: BaseException | None = None
        self._cause: BaseException | None = None
        self._children: dict[CancelContext, None] = {}  # in the order in which they were made
        self._leave: Callable[[], Any] | None = None

    def deadline(self) -> tuple[float, bool]:
        """The program time at which it will be cancelled, and true; `(0.0, False)` if never."""
        return (0.0, False) if self._deadline is None else (self._deadline / SECOND, True)

    def done(self) -> RecvChan[None]:
        """The channel that is closed when the context is cancelled; the same each time."""
        if self._done is None:
            channel: Chan[None] = Chan(name=f"{self.name}.done")
            if self._error is not None:
                channel._shut()
            if watching.on:
                tell_with(DONE_CHANNEL, channel, self)
            self._done = channel, channel.recv_only()
        return self._done[1]

    def err(self) -> BaseException | None:
        """None until it is cancelled; then, for ever, the same Canceled or DeadlineExceeded."""
        if watching.on:
            enter(ERR, self)
        error = self._error
        goroutine = current()
        if goroutine is not None:
            if watching.on:
                tell(ERR, self, None if error is None else text_of(error))
            goroutine.run.poll(goroutine)  # a loop round it has to let the others run
        return error

    def _own(self, key: Any) -> Any:
        return self if key is CANCELER else MISSING

    def _step(self) -> str:
        return ".WithCancel"

    # -- how it ends -------------------------------------------------------------------------------

    def _end(
        self, error: BaseException | None, cause: BaseException | None, author: Author, kind: str
    ) -> None:
        """Cancels this context, which isn't yet, and all that derive from it."""
        if error is None:  # the parent is of the student's own class
            raise Panic("context: internal error: missing cancel error")
        for one in self._family():
            one._error, one._cause = error, cause or error
            one._children = {}
            one._tell_end(author, kind if one is self else CANCELED)
            if one._done is not None:
                author.tell(CLOSE, one._done[0])
                one._done[0]._shut()
            one._ended(author)
        if self._leave is not None:
            self._leave()

    def _family(self) -> list[CancelContext]:
        """This context and all that derive from it: parents first, the elder before the younger."""
        family, waiting = [], [self]
        while waiting:
            one = waiting.pop()
            family.append(one)
            waiting.extend(reversed(one._children))
        return family

    def _tell_end(self, author: Author, kind: str) -> None:
        if watching.on:
            given = self._cause is not self._error
            author.tell(kind, self, reason_text(self._cause) if given else None)

    def _joined(self, author: Author) -> None:
        """What a kind of context has to do once it is part of its family."""

    def _ended(self, author: Author) -> None:
        """What a kind of context has to do when it is cancelled."""


class DeadlineContext(CancelContext):
    """A context that the clock cancels at `when` nanoseconds of program time."""

    __slots__ = ("_run", "_when", "_late", "_alarm")

    def __init__(
        self, parent: Context, name: str | None, when: int, late: BaseException | None
    ) -> None:
        super().__init__(parent, name)
        self._run = running_goroutine("a context with a deadline").run
        self._deadline = self._when = when
        self._late = late
        self._alarm: Alarm | None = None

    def _joined(self, author: Author) -> None:
        if self._when <= self._run.clock.now:
            self._end(DeadlineExceeded(), self._late, author, EXPIRE)
        else:
            self._alarm = self._run.clock.set(self._when, self._ring)

    def awaited_by(self) -> set[int]:
        """The goroutines that wait for it, or for a context under it, to be cancelled."""
        channels = [one._done[0] for one in self._family() if one._done is not None]
        return {number for channel in channels for number in channel._recvq.goroutines()}

    def _ring(self) -> None:
        self._end(DeadlineExceeded(), self._late, Author(self._run, None), EXPIRE)

    def _ended(self, author: Author) -> None:
        if self._alarm is not None:
            self._run.clock.cancel(self._alarm)

    def _step(self) -> str:
        rest = self._when - self._run.clock.now
        return f".WithDeadline({duration_text(self._when)} [{duration_text(rest)}])"


class FunctionContext(CancelContext):
    """What `after_func` hangs under a context: it starts `f` when that is cancelled."""

    __slots__ = ("_run", "_f", "_set_at")

    def __init__(self, parent: Context, f: Callable[[], Any]) -> None:
        super().__init__(parent, "after_func")
        self._run = running_goroutine("context.after_func").run
        self._f = f
        self._set_at = instruction(caller())

    def _ended(self, author: Author) -> None:
        if author.run is not self._run:
            return  # the program that asked for it is over
        if author.goroutine is not None:
            spawn(author.goroutine, caller(), self._f, (), {})
        else:
            author.tell(GO, self._run.go(self._f, (), {}, 0, *self._set_at))

    def _tell_end(self, author: Author, kind: str) -> None:
        """The start of `f` tells it all."""

    def stop(self) -> bool:
        """Takes it back; whether `f` had not been started."""
        if self._error is not None:
            return False
        self._error = Canceled()
        if self._done is not None:
            self._done[0]._shut()  # whoever watches the parent for it can go
        if self._leave is not None:
            self._leave()
        return True


def join(child: CancelContext, author: Author) -> None:
    """From now on `child` is cancelled with its parent; at once if that is already."""
    parent = child._parent
    above = canceler_of(parent)
    if above is not None and above._error is None:
        above._children[child] = None
        child._leave = lambda: above._children.pop(child, None)
    elif above is not None:
        child._end(above._error, above._cause, author, CANCELED)
    elif channel_of(parent.done()) is not nil:
        _join_foreign(child, parent)
    if child._error is None:
        child._joined(author)


def cancel(context: CancelContext, cause: BaseException | None) -> None:
    """What the cancel functions do: one operation, the first counts."""
    if watching.on:
        enter(CANCEL, context)
    if context._error is None:
        context._end(Canceled(), cause, caller_as_author(), CANCEL)
    elif watching.on:
        tell(CANCEL_AGAIN, context)


def cause_of(context: Context) -> BaseException | None:
    """The cause of a context, None if it isn't cancelled."""
    error = context.err()
    if error is None:
        return None
    canceler = context.value(CANCELER)
    cause = canceler._cause if isinstance(canceler, CancelContext) else None
    return cause or error  # without a cause it was cancelled by a class of the student's own


def canceler_of(context: Context) -> CancelContext | None:
    """Gochan's own context that is cancelled whenever `context` is; None if there is none."""
    context = behind(context)
    if isinstance(context, CancelContext):
        return context
    if isinstance(context, Never):
        return None
    found = context.value(CANCELER)
    if isinstance(found, CancelContext) and found.done() == context.done():
        return found
    return None


def deadline_of(context: Context) -> int | None:
    """The deadline of a context in nanoseconds, None if it has none."""
    context = behind(context)
    if isinstance(context, CancelContext):
        return context._deadline
    when, ok = context.deadline()
    return to_ns(when) if ok else None


def _join_foreign(child: CancelContext, parent: Context) -> None:
    """The same as joining a family, under a parent that only has the four methods."""
    if recv(parent.done()).ready():
        _end_with(child, parent)
    elif hasattr(parent, "after_func"):
        child._leave = parent.after_func(lambda: _end_with(child, parent))
    else:
        creator = running_goroutine("a context under one of your own class")
        watcher = spawn(creator, caller(), _watch, (child, parent), {})
        watcher.given_name = "context watcher"


def _watch(child: CancelContext, parent: Context) -> None:
    if select(recv(parent.done()), recv(child.done()))[0] == 0:
        _end_with(child, parent)


def _end_with(child: CancelContext, parent: Context) -> None:
    error, cause = parent.err(), cause_of(parent)
    child._leave = None  # the parent has forgotten it
    if watching.on:
        enter(CANCEL, child)
    if child._error is None:
        child._end(error, cause, caller_as_author(), CANCELED)


def parent_to_tell(context: Context) -> CancelContext | str:
    """The context that a report names as the parent; its name if it is none of these."""
    context = behind(context)
    if isinstance(context, CancelContext):
        return context
    return str(context) if isinstance(context, Never) else name_of_type(type(context))


def reason_text(error: BaseException | None) -> str:
    """An error's text; its type for one without."""
    return text_of(error) or type(error).__name__
