"""What the runtime tells while it runs: entries on a run's tape, which nobody reads meanwhile.

An operation asks `watching.on` twice: before it starts (`enter`: somebody else may have to go
first, a budget may be used up, the run may be over) and after it is done (`tell`). When no run is
watched, both cost one look at a number.

The tape is one flat list, because to extend a list is the cheapest way to note anything. Five cells
make an entry: kind, thing, value, and then either the code and instruction at which an operation
begins (that is a new step of the run), or None and the goroutine that something happened to, None
for the one that runs. `Recorder` makes a Trace of it.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from greenlet import getcurrent

from .goroutine import Goroutine, Worker
from .shown import kept
from .source import user_frame

if TYPE_CHECKING:
    from .scheduler import Scheduler

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
SEND_CLOSED = "send on closed"  # which panics
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
READ = "read"  # a Var
WRITE = "write"
LOOK = "look"  # goes into the map of a Var, to read; value is the key
CHANGE = "change"  # goes in, to write
LEAVE = "leave"  # comes out
SET = "set timer"
STOP = "stop timer"
FIRE = "fire"  # a timer fired (goroutine 0: the clock)
DERIVE = "derive"  # made a context; value is its parent, and its deadline if it has one
DONE_CHANNEL = "done channel"  # made the channel (thing) of a context, which is the value
CANCEL = "cancel"  # cancelled a context; value is the cause if one was given
CANCEL_AGAIN = "cancel again"  # it was cancelled before: nothing happens
EXPIRE = "expire"  # the deadline of a context has passed (goroutine 0: the clock)
CANCELED = "canceled"  # a context was cancelled because its parent was
ERR = "err"  # looked whether a context is cancelled; value is its error
LIMIT = "limit"  # errgroup; value is the number
PRINT = "print"
EXIT = "exit"  # main has returned, and with it the program

# Operations that are about to begin, and are no events by these names.
SELECT = "select"
LEN = "len"  # of a channel
SLEEP = "sleep"
WORK = "work"
GOSCHED = "gosched"
GOROUTINES = "goroutines"  # looks at who is there
FAIL = "fail"  # a function of an errgroup

# Entries that are no events of their own.
ENTER = "enter"  # an operation begins
HERE = "here"  # a word made of several operations begins, at this line
TIME = "time"  # the clock acts, at the time given as value

STEP = "step"  # in the place of the code: a new step that no line of the program made
CLOCK = "clock"  # in the place of the goroutine

Tape = list[Any]


class Watching:
    """How many reasons there are to look at every operation, in all the threads of the process.

    Each run that has to see its own operations is one. Several runs at once, each in its own
    thread, are another: then nobody may use what belongs to a run of another thread.
    """

    __slots__ = ("on", "several", "_runs", "_lock")

    def __init__(self) -> None:
        self.on = 0
        self.several = False
        self._runs: list[Scheduler] = []
        self._lock = threading.RLock()  # a signal handler may come in between

    def add(self, number: int) -> None:
        """One more, or one less."""
        with self._lock:
            self.on += number

    def begin_run(self, run: Scheduler) -> None:
        """A run is under way."""
        with self._lock:
            self._runs.append(run)
            self._count_runs()

    def end_run(self, run: Scheduler) -> None:
        """It is over."""
        with self._lock:
            if run in self._runs:  # it may have been interrupted before it began
                self._runs.remove(run)
            self._count_runs()

    def has(self, run: Scheduler) -> bool:
        """Whether a run is under way."""
        return run in self._runs

    def _count_runs(self) -> None:
        before, self.several = self.several, len(self._runs) > 1
        self.on += self.several - before
        if self.several:
            for run in self._runs:
                run.plain_tape = None


watching = Watching()


class Outside:
    """The home of what was made outside a run."""

    plain_tape: Tape | None = None

    @staticmethod
    def refuse_strangers() -> None:
        """Anybody may use what belongs to nobody."""

    @staticmethod
    def begin(kind: str, *things: Any) -> Tape | None:
        """Of the run that the caller belongs to, if any."""
        return begin(kind, *things)


OUTSIDE = Outside()


def home_of_new() -> Any:
    """The run that a new channel or lock belongs to, `OUTSIDE` for none.

    On the tape of a run in which nothing has to be asked before an operation, its `plain_tape`, the
    hottest operations note themselves without looking for the goroutine that calls.
    """
    goroutine = current()
    return goroutine.run if goroutine is not None else OUTSIDE


def current() -> Goroutine | None:
    """The goroutine that calls, None outside a run."""
    worker = getcurrent()
    return worker.goroutine if type(worker) is Worker else None


def begin(kind: str, *things: Any) -> Tape | None:
    """Begins a visible operation of a watched run; returns the tape if there is one.

    `kind` and `things` say what it is about to do. Somebody else may go first meanwhile. The
    operation then has to note itself, with its place.
    """
    goroutine = current()
    return goroutine.run.begin(kind, *things) if goroutine is not None else None


def enter(kind: str, *things: Any) -> None:
    """Begins a visible operation of a watched run, and notes its place.

    `kind` and `things` say what it is about to do.

    Raises RuntimeError if one of the `things` belongs to a run in another thread.
    """
    if watching.several:
        for thing in things:
            getattr(thing, "home", OUTSIDE).refuse_strangers()
    tape = begin(kind, *things)
    if tape is not None:
        note_place(tape)


def note_place(tape: Tape) -> None:
    """A new step begins, at the line of the student's code that called into gochan."""
    frame = user_frame(sys._getframe(1))
    if frame is None:
        tape += (ENTER, None, None, STEP, None)
    else:
        tape += (ENTER, None, None, frame.f_code, frame.f_lasti)


def stand_here() -> None:
    """Notes the line that called a word of gochan's which is made of several operations."""
    goroutine, frame = current(), user_frame(sys._getframe(1))
    if goroutine is not None and frame is not None and goroutine.run.tape is not None:
        goroutine.run.tape += (HERE, frame.f_code, frame.f_lasti, None, None)


def tell(kind: str, thing: Any = None, value: Any = None) -> None:
    """Notes what an operation of the calling goroutine did."""
    goroutine = current()
    if goroutine is not None:
        tape = goroutine.run.tape
        if tape is not None:
            tape += (kind, thing, kept(value), None, None)


def tell_with(kind: str, thing: Any, other: Any, words: str = "") -> None:
    """Notes an operation that has to do with two things; `words` are added to the other's name."""
    goroutine = current()
    if goroutine is not None:
        tape = goroutine.run.tape
        if tape is not None:
            tape += (kind, thing, (other, words), None, None)  # `tell` never notes a tuple


def tell_of(goroutine: Goroutine, kind: str, thing: Any = None, value: Any = None) -> None:
    """Notes what happened to another goroutine, in an operation of the calling one."""
    tape = goroutine.run.tape
    if tape is not None:
        tape += (kind, thing, kept(value), None, goroutine)
