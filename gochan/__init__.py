"""Go's concurrency in Python, to be watched, stopped, repeated and checked.

    from gochan import go, run, record, Chan, nil, select, recv, send, default, panic, work
    from gochan import time, sync, atomic, context, errgroup, runtime
    from gochan import Var, shared  # variables whose accesses can be seen

Source: the names and their behaviour are Go's (https://go.dev/ref/spec).
"""

from . import atomic, context, errgroup, runtime, sync, time
from .channel import Chan, nil
from .directions import RecvChan, SendChan
from .errors import BudgetExceeded, Deadlock, FatalError, Panic
from .exploring import Exploration, Failure, explore
from .program import Result, record, run
from .rewriting import shared
from .rewriting.notebook import load_ipython_extension as load_ipython_extension
from .rewriting.notebook import register_here
from .runtime.goroutine import Goroutine, GoroutineInfo
from .runtime.schedule import Schedule
from .runtime.words import go, panic, work
from .selecting import default, recv, select, send
from .trace import Trace
from .variables import Var

__all__ = [
    "BudgetExceeded",
    "Chan",
    "Deadlock",
    "Exploration",
    "Failure",
    "FatalError",
    "Goroutine",
    "GoroutineInfo",
    "Panic",
    "RecvChan",
    "Result",
    "Schedule",
    "SendChan",
    "Trace",
    "Var",
    "atomic",
    "context",
    "default",
    "errgroup",
    "explore",
    "go",
    "nil",
    "panic",
    "record",
    "recv",
    "run",
    "runtime",
    "select",
    "send",
    "shared",
    "sync",
    "time",
    "work",
]

register_here()
