"""A goroutine, the greenlet that carries it, and what can be told of it when it stands still.

Always true:
- A goroutine is a plain record. The stack is its worker's: a greenlet that runs one goroutine after
  the other, so a short-lived goroutine costs no new stack.
- A goroutine is parked (it has a `reason`), or in the run queue, or running, or finished.
- `parking` changes whenever it is woken; see waitq.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any

from greenlet import greenlet

from .source import NOWHERE, Where, place, stack, user_frame, where

if TYPE_CHECKING:
    from .scheduler import Scheduler
    from .waitq import Waiter

RUNNABLE = "runnable"
RUNNING = "running"
WORKING = "working"  # occupies a processor; Go's word for it in a dump is "running"
SLEEP = "sleep"


class Goroutine:
    """What `go` starts.

    `id` counts from 1 (main) in the order of the `go` statements; `name` is the function's unless
    another was given.
    """

    __slots__ = (
        "run",
        "id",
        "name",
        "fn",
        "args",
        "kwargs",
        "worker",
        "parking",
        "reason",
        "waiting_on",
        "waiter",
        "polls",
        "created_by",
        "created_code",
        "created_line",
    )

    def __init__(
        self,
        run: Scheduler,
        number: int,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        creator: Goroutine | None,
    ) -> None:
        self.run = run
        self.id = number
        self.name: str | None = None
        self.fn = fn
        self.args = args
        self.kwargs = kwargs
        self.worker: Worker | None = None
        self.parking = 0
        self.reason: str | None = None
        self.waiting_on: Any = None
        self.waiter: Waiter | None = None  # for reuse: one allocation a goroutine, not one a wait
        self.polls = 0
        self.created_by = creator
        self.created_code: CodeType | None = None
        self.created_line: int | None = None

    def __repr__(self) -> str:
        return f"<goroutine {self.id} ({name_of(self)}) [{state_of(self)}]>"


class Worker(greenlet):
    """A greenlet that carries goroutines; between two of them it waits in the run's idle list."""

    __slots__ = ("goroutine",)

    goroutine: Goroutine | None


@dataclass(frozen=True, slots=True)
class GoroutineInfo:
    """What a goroutine was doing when it was looked at; plain data.

    `state` is Go's wait reason, or "running" or "runnable"; `where` the innermost line of the
    student's code; `created_by` the creator's name (None for main) and `created_at` the line of the
    `go`; `waiting_on` names what it waits for, None if it doesn't.
    """

    id: int
    name: str
    state: str
    where: Where
    created_by: str | None
    created_by_id: int
    created_at: Where
    waiting_on: str | None
    stack: tuple[Where, ...]

    def dump(self) -> str:
        """The block that Go prints for a goroutine.

        Source: Go's runtime/traceback.go.
        """
        lines = [f"goroutine {self.id} [{self.state}]:"]
        for frame in self.stack:
            lines += [f"{frame.function}(...)", f"\t{frame}"]
        if self.created_by is not None:
            lines += [f"created by {self.created_by} in goroutine {self.created_by_id}"]
            lines += [f"\t{self.created_at}"]
        return "\n".join(lines)


def name_of(goroutine: Goroutine) -> str:
    """The name given to `go`, or the function's; goroutine 1 is always main."""
    if goroutine.name is None:
        fn = goroutine.fn
        own = getattr(fn, "__name__", type(fn).__name__)
        goroutine.name = "main" if goroutine.id == 1 else own
    return goroutine.name


def state_of(goroutine: Goroutine) -> str:
    """Go's word for what the goroutine is doing."""
    if goroutine.reason is not None:
        return RUNNING if goroutine.reason == WORKING else goroutine.reason
    return RUNNING if goroutine is goroutine.run.running() else RUNNABLE


def info_of(goroutine: Goroutine, frame: FrameType | None = None) -> GoroutineInfo:
    """What can be told of a goroutine now; `frame` is its innermost one if it is the running one."""
    if frame is None and goroutine.worker is not None:
        frame = goroutine.worker.gr_frame
    places = stack(frame) or (_entry(goroutine.fn),)
    creator = goroutine.created_by
    return GoroutineInfo(
        id=goroutine.id,
        name=name_of(goroutine),
        state=state_of(goroutine),
        where=where(user_frame(frame)) if frame is not None else places[0],
        created_by=_creator(goroutine),
        created_by_id=creator.id if creator is not None else 0,
        created_at=created_at(goroutine),
        waiting_on=label(goroutine.waiting_on),
        stack=places,
    )


def created_at(goroutine: Goroutine) -> Where:
    """The line of the `go` statement."""
    if goroutine.created_code is None:
        return NOWHERE
    return place(goroutine.created_code, goroutine.created_line)


def _creator(goroutine: Goroutine) -> str | None:
    if goroutine.created_code is not None:
        return created_at(goroutine).function
    return None if goroutine.id == 1 else "time.goFunc"


def _entry(fn: Callable[..., Any]) -> Where:
    """Where a goroutine that hasn't begun yet will begin."""
    code = getattr(fn, "__code__", None)
    return place(code, None) if code is not None else NOWHERE


def label(thing: Any) -> str | None:
    """The name of a channel or lock, or of several for a select."""
    if thing is None:
        return None
    if isinstance(thing, str):
        return thing
    if isinstance(thing, (list, tuple)):
        return ", ".join(dict.fromkeys(label(one) or "?" for one in thing)) or None
    return getattr(thing, "name", None) or type(thing).__name__.lower()
