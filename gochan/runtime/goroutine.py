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

from .source import NOWHERE, Where, is_library, line_of, place, stack

if TYPE_CHECKING:
    from .scheduler import Scheduler
    from .waitq import Waiter

RUNNABLE = "runnable"
RUNNING = "running"
WORKING = "working"  # occupies a processor; Go's word for it in a dump is "running"
SLEEP = "sleep"
DEAD = "dead"  # Go's word for one that has ended; only seen by who keeps what `go` returned

FRAMES_AT_AN_END = 50  # so many of a deep stack are shown at each end
PACKAGE_MAIN = "main"  # where Go's own dumps find the functions of a program


class Goroutine:
    """What `go` starts.

    `id` counts from 1 (main) in the order of the `go` statements; `name` is the function's unless
    another was given.
    """

    __slots__ = (
        "run",
        "id",
        "given_name",
        "fn",
        "args",
        "kwargs",
        "resume",
        "parking",
        "reason",
        "waiting_on",
        "waiter",
        "polls",
        "created_by",
        "created_code",
        "created_at",
    )

    # No __init__: a call more would take as long as all of this. Scheduler.go fills in the rest.
    run: Scheduler
    id: int
    given_name: str | None
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    resume: Callable[[], Any] | None  # switches to it; None while it has no stack
    parking: int
    reason: str | None
    waiting_on: Any
    waiter: Waiter | None  # for reuse: one allocation a goroutine, not one a wait
    polls: int
    created_by: int  # the creator's id; 0 for main, and for what a timer starts
    created_code: CodeType | None
    created_at: int  # the instruction of the `go`

    @property
    def name(self) -> str:
        """The name given to `go`, or the function's."""
        return name_of(self)

    @property
    def worker(self) -> Worker | None:
        """The stack that it runs on, if it has one."""
        return getattr(self.resume, "__self__", None)

    def __repr__(self) -> str:
        state = DEAD if self._has_ended() else state_of(self)
        return f"<goroutine {self.id} ({name_of(self)}) [{state}]>"

    def _has_ended(self) -> bool:
        worker = self.worker
        return self not in self.run.queue if worker is None else worker.dead


class Worker(greenlet):
    """A greenlet that carries goroutines; between two of them it waits in the run's idle list."""

    __slots__ = ("goroutine", "resume")

    goroutine: Goroutine | None
    resume: Callable[[], Any] | None  # its `switch`, looked up once

    def run(self) -> None:
        """Carries one goroutine after the other; ends when it is sent for nobody."""
        while self.goroutine is not None:
            go_on = self.goroutine.run.carry(self)
            if go_on is None:
                return
            go_on()


@dataclass(frozen=True, slots=True)
class GoroutineInfo:
    """What a goroutine was doing when it was looked at; plain data.

    `state` is Go's wait reason, or "running" or "runnable"; `where` the innermost line of the
    student's code; `created_by` the function that started it (None for main), `created_by_id` its
    goroutine (0: a timer) and `created_at` the line of the `go`; `waiting_on` names what it waits
    for, None if it doesn't.
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
        left_out = len(self.stack) - 2 * FRAMES_AT_AN_END
        for number, frame in enumerate(self.stack):
            if left_out > 0 and number == FRAMES_AT_AN_END:
                lines.append(f"...{left_out} frames elided...")
            if left_out <= 0 or not 0 <= number - FRAMES_AT_AN_END < left_out:
                lines += [f"{PACKAGE_MAIN}.{frame.function}(...)", f"\t{frame}"]
        if self.created_by is not None:
            lines += [self.creation(), f"\t{self.created_at}"]
        return "\n".join(lines)

    def creation(self) -> str:
        """`created by main.main in goroutine 1`; a timer is no goroutine."""
        if not self.created_by_id:
            return f"created by {self.created_by}"
        return f"created by {PACKAGE_MAIN}.{self.created_by} in goroutine {self.created_by_id}"


def name_of(goroutine: Goroutine) -> str:
    """The name given to `go`, or the function's; goroutine 1 is always main."""
    if goroutine.id == 1:
        return "main"
    if goroutine.given_name is None:
        goroutine.given_name = function_name(goroutine.fn)
    return goroutine.given_name


def function_name(fn: Callable[..., Any]) -> str:
    """`worker` for `def worker()`, and the class for a callable object without a name."""
    try:
        return fn.__name__
    except AttributeError:
        return type(fn).__name__


def let_go(goroutine: Goroutine) -> None:
    """Forgets the program of a goroutine that has ended: a trace outlives it, and needs its name.

    Values that only its arguments hold would live as long as the trace.
    """
    if goroutine.given_name is None:
        goroutine.given_name = function_name(goroutine.fn)
    goroutine.fn = _ended
    goroutine.args = ()
    goroutine.kwargs = _NOTHING


def _ended() -> None:
    """In the place of a function that is no longer needed."""


_NOTHING: dict[str, Any] = {}


def state_of(goroutine: Goroutine) -> str:
    """Go's word for what the goroutine is doing."""
    if goroutine.reason is not None:
        return RUNNING if goroutine.reason == WORKING else goroutine.reason
    run = goroutine.run
    return RUNNING if goroutine is run.running() or goroutine is run.stopped else RUNNABLE


def info_of(goroutine: Goroutine, frame: FrameType | None = None) -> GoroutineInfo:
    """What can be told of a goroutine now; `frame` is the innermost one of the running one."""
    if frame is None and goroutine.worker is not None:
        frame = goroutine.worker.gr_frame
    places = stack(frame) or (_entry(goroutine),)
    return GoroutineInfo(
        id=goroutine.id,
        name=name_of(goroutine),
        state=state_of(goroutine),
        where=places[0],
        created_by=_creator(goroutine),
        created_by_id=goroutine.created_by,
        created_at=place_of_go(goroutine),
        waiting_on=None if goroutine.reason is None else label(goroutine.waiting_on),
        stack=places,
    )


def place_of_go(goroutine: Goroutine) -> Where:
    """The line of the `go` statement."""
    code = goroutine.created_code
    return NOWHERE if code is None else place(code, line_of(code, goroutine.created_at))


def _creator(goroutine: Goroutine) -> str | None:
    if goroutine.created_by:
        return place_of_go(goroutine).function
    return None if goroutine.id == 1 else "time.goFunc"


def _entry(goroutine: Goroutine) -> Where:
    """Where a goroutine begins that has no frame of the student's.

    `go(ch.send, 1)` begins in gochan's own code, and `go(print)` in Python's: the student's line is
    that of the `go`.
    """
    fn = own_function(goroutine.fn, goroutine.args)
    code = getattr(fn, "__code__", None)
    name = function_name(fn)
    if isinstance(code, CodeType):
        begins = place(code, None)
        if goroutine.created_code is None or not is_library(code):
            return begins
        name = begins.function
    return place_of_go(goroutine)._replace(function=name)


def own_function(fn: Callable[..., Any], args: tuple[Any, ...]) -> Callable[..., Any]:
    """What the student gave to `go`.

    `WaitGroup.go(fn)` and the like start a function of gochan whose first argument is `fn`.
    """
    code = getattr(fn, "__code__", None)
    if args and isinstance(code, CodeType) and is_library(code) and callable(args[0]):
        return args[0]  # type: ignore[no-any-return]  # callable says no more than that
    return fn


def label(thing: Any) -> str | None:
    """The name of a channel or lock, or of several for a select."""
    if thing is None:
        return None
    if isinstance(thing, str):
        return thing
    if isinstance(thing, (list, tuple)):
        return ", ".join(dict.fromkeys(label(one) or "?" for one in thing)) or None
    return getattr(thing, "name", None) or type(thing).__name__.lower()
