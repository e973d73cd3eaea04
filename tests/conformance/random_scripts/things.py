"""All that the operations of a script work on: channels, locks, timers, contexts ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gochan import Chan, context, nil, sync, time
from gochan.atomic import Int

NANOSECOND = 1e-9


class Things:
    """Those that every script has; a script's lines declare more."""

    def __init__(self) -> None:
        self.unit = NANOSECOND
        self.channels: list[Chan[int]] = []
        self.timers: list[time.Timer] = []
        self.functions: list[time.Timer] = []
        self.contexts: list[context.Context] = []
        self.cancels: list[Callable[[str], None]] = []
        self.afters: list[Callable[[], bool]] = []
        self.mutexes = [sync.Mutex(), sync.Mutex()]
        self.rw = sync.RWMutex()
        self.group = sync.WaitGroup()
        self.onces = [sync.Once(), sync.Once()]
        self.conditions = [sync.Cond(self.mutexes[0]), sync.Cond(self.rw.rlocker())]
        self.waiting = [0, 0]  # for a condition
        self.numbers = [Int(), Int()]

    def declare(self, kind: str, *rest: str) -> None:
        """Makes what a line such as `channel 2` or `timer 5300` asks for."""
        match kind:
            case "unit":
                self.unit = int(rest[0]) * NANOSECOND
            case "channel":
                self.channels.append(Chan[int](int(rest[0])))
            case "timer":
                self.timers.append(time.Timer(self.seconds(rest[0])))
            case "ticker":
                self.ticker = time.Ticker(self.seconds(rest[0]))
            case "context":
                self.derive(*rest)

    def derive(self, kind: str, parent_name: str, timeout: str = "0") -> None:
        """Makes a context: `cancel x0`, `cause x0`, `timeout x0 5500`, `late ...`, `without x0`."""
        parent = self.context(parent_name)
        seconds = self.seconds(timeout)
        cancel: Callable[..., None] | None = None
        match kind:
            case "cancel":
                child, cancel = context.with_cancel(parent)
            case "cause":
                child, cancel = context.with_cancel_cause(parent)
            case "timeout":
                child, cancel = context.with_timeout(parent, seconds)
            case "late":
                child, cancel = context.with_timeout_cause(parent, seconds, Exception("late"))
            case _:
                child = context.without_cancel(parent)

        def cancel_for(reason: str) -> None:
            if kind == "cause":
                cancel(None if reason == "nil" else Exception(reason))
            elif cancel is not None:
                cancel()

        self.contexts.append(child)
        self.cancels.append(cancel_for)

    def context(self, thing: str) -> context.Context:
        """`x1` or `background`."""
        return context.background() if thing == "background" else self.contexts[index(thing)]

    def channel(self, thing: str) -> Any:
        """`c1` or `nil`."""
        return nil if thing == "nil" else self.channels[index(thing)]

    def timer(self, thing: str) -> Any:
        """`t1`, `f1` or `k0`."""
        if thing == "k0":
            return self.ticker
        return (self.timers if thing[0] == "t" else self.functions)[index(thing)]

    def source(self, thing: str) -> Any:
        """A channel that can be received from."""
        if thing[0] == "x":
            return self.context(thing).done()
        return self.timer(thing).c if thing[0] in "tk" else self.channel(thing)

    def seconds(self, units: str) -> float:
        """A duration as gochan takes it."""
        return int(units) * self.unit

    def since_start(self, moment: float) -> int:
        """A time in units."""
        return round(moment / self.unit)

    def now(self) -> int:
        """The time in units."""
        return self.since_start(time.now())


def index(thing: str) -> int:
    """It is 3 for `c3`."""
    return int(thing[1:])
