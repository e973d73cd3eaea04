"""What the runtime tells while it runs, to whoever watches; it records nothing itself.

An operation asks `watching.on` twice: before it starts (`enter`: somebody else may have to go
first, a budget may be used up, the run may be over) and after it is done (`tell`). When no run is
watched, both cost one look at a number.
"""

from __future__ import annotations

import threading
from typing import Any, Protocol

from greenlet import getcurrent

from .goroutine import Goroutine, Worker

# Kinds of event. The goroutine is the one that did it; `thing` is what it was done to.
GO = "go"  # started another goroutine (thing)
RUN = "run"  # goes on running
YIELD = "yield"  # stands back, but could go on
BLOCK = "block"  # can't go on; value is the wait reason
READY = "ready"  # made another goroutine (thing) runnable
END = "end"  # returned
CRASH = "crash"  # was ended by a panic or another exception; value is its text
SEND = "send"  # a value left the sender
RECV = "recv"  # a value reached the receiver
RECV_CLOSED = "recv closed"  # the zero value of a closed channel
CLOSE = "close"
DEFAULT = "default"  # no case of a select was ready
LOCK = "lock"
UNLOCK = "unlock"
TRY_LOCK = "try lock failed"
ADD = "add"  # WaitGroup; value is the delta
WAIT = "wait"  # WaitGroup, without blocking
SET = "set timer"
STOP = "stop timer"
FIRE = "fire"  # a timer fired (goroutine 0: the clock)
DERIVE = "derive"  # made a context; value is its parent, and its deadline if it has one
CANCEL = "cancel"  # cancelled a context; value is the cause if one was given
CANCEL_AGAIN = "cancel again"  # it was cancelled before: nothing happens
EXPIRE = "expire"  # the deadline of a context has passed (goroutine 0: the clock)
CANCELED = "canceled"  # a context was cancelled because its parent was
ERR = "err"  # looked whether a context is cancelled; value is its error
LIMIT = "limit"  # errgroup; value is the number
PRINT = "print"
EXIT = "exit"  # main has returned, and with it the program


class Observer(Protocol):
    """Is told each event as it happens. `goroutine` is None for the clock."""

    def __call__(self, kind: str, goroutine: Goroutine | None, thing: Any, value: Any) -> None:
        """Takes one event."""


class Watching:
    """How many of the runs under way need to see every operation."""

    __slots__ = ("on", "_lock")

    def __init__(self) -> None:
        self.on = 0
        self._lock = threading.Lock()

    def add(self, number: int) -> None:
        """One more, or one less."""
        with self._lock:
            self.on += number


watching = Watching()


def current() -> Goroutine | None:
    """The goroutine that calls, None outside a run."""
    worker = getcurrent()
    return worker.goroutine if type(worker) is Worker else None


def enter() -> None:
    """Before every visible operation of a watched run."""
    goroutine = current()
    if goroutine is not None:
        goroutine.run.step(goroutine)


def tell(kind: str, thing: Any = None, value: Any = None) -> None:
    """After an operation of the calling goroutine."""
    goroutine = current()
    if goroutine is not None:
        observer = goroutine.run.observer
        if observer is not None:
            observer(kind, goroutine, thing, value)


def tell_of(goroutine: Goroutine, kind: str, thing: Any = None, value: Any = None) -> None:
    """What happened to another goroutine, in an operation of the calling one."""
    observer = goroutine.run.observer
    if observer is not None:
        observer(kind, goroutine, thing, value)
