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
RLOCK = "rlock"  # for reading, of a RWMutex
RUNLOCK = "runlock"
TRY_RLOCK = "try rlock failed"
ADD = "add"  # to a WaitGroup or an atomic; value is the delta
WAIT = "wait"  # WaitGroup, without blocking
DO = "do"  # Once: the first, who calls the function
DONE = "done"  # Once: the function has ended
SKIP = "skip"  # Once: it was done already
SIGNAL = "signal"
BROADCAST = "broadcast"
LOAD = "load"  # from an atomic, a Map or a Pool
STORE = "store"  # into one
SWAP = "swap"  # looked and stored, at once; value is the new one
TRY_SWAP = "compare and swap failed"  # value is what it holds instead
MISS = "miss"  # looked for what a Map or a Pool doesn't hold
DELETE = "delete"
CLEAR = "clear"
RANGE = "range"  # began to go through a Map
SET = "set timer"
STOP = "stop timer"
FIRE = "fire"  # a timer fired (goroutine 0: the clock)
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
