"""A real execution trace of Go as a `Trace`, which every chart and the Player take.

Go's runtime writes down which goroutine was in which state when, where it was, and who made whom
runnable. It doesn't write down which channel that was or which value: where a goroutine waits, the
name is taken from the line of the program (`<-jobs`).

The text form comes from `go tool trace -d=parsed`. What it looks like:

    M=7 P=1 G=1 StateTransition Time=4144818688 GoID=28 NotExist->Runnable Reason=""
    TransitionStack=
        main.main.func2 @ 0x4a1880
            /folder/main.go:32
    Stack=
        main.main @ 0x4a17ac
            /folder/main.go:32

Source: Go's runtime/traceruntime.go (states and reasons) and internal/trace (the text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..runtime import event as kinds
from ..runtime.goroutine import SLEEP
from ..trace.trace import Event, GoroutineFacts, Source, Trace
from .source import FILE
from .tracer import TRACER_FILE

MAIN = "main."  # functions of the program
OWN = ("runtime.", "runtime/", "main.gochanTrace")  # goroutines of Go itself, and the tracer's
PROCESSOR = "processor "

_TRANSITION = re.compile(
    r"M=-?\d+ P=(-?\d+) G=(-?\d+) StateTransition Time=(\d+) "
    r"GoID=(\d+) (\w+)->(\w+) Reason=\"(.*)\""
)
_METRIC = re.compile(
    r".* Metric .*Name=\"/sched/gomaxprocs:threads\" Value=Value\{Uint64\((\d+)\)\}"
)
_FUNCTION = re.compile(r"\t(\S.*) @ 0x[0-9a-f]+$")
_PLACE = re.compile(r"\t\t(.+):(\d+)$")

# Go's trace says "sync" for all of these; the function that waits says more.
_WAITS = {
    "sync.(*WaitGroup).Wait": "sync.WaitGroup.Wait",
    "sync.(*Mutex).Lock": "sync.Mutex.Lock",
    "sync.(*RWMutex).Lock": "sync.RWMutex.Lock",
    "sync.(*RWMutex).RLock": "sync.RWMutex.RLock",
    "sync.(*Cond).Wait": "sync.Cond.Wait",
}
# What stands on the line where a goroutine waits.
_THINGS = {
    "chan send": re.compile(r"([\w.\[\]]+)\s*<-"),
    "chan receive": re.compile(r"(?:<-\s*|range\s+)([\w.\[\]]+)"),
    "sync.WaitGroup.Wait": re.compile(r"([\w.\[\]]+)\.Wait\("),
    "sync.Mutex.Lock": re.compile(r"([\w.\[\]]+)\.Lock\("),
    "sync.RWMutex.Lock": re.compile(r"([\w.\[\]]+)\.Lock\("),
    "sync.RWMutex.RLock": re.compile(r"([\w.\[\]]+)\.RLock\("),
    "sync.Cond.Wait": re.compile(r"([\w.\[\]]+)\.Wait\("),
}


class Frame(NamedTuple):
    """One call of a stack."""

    function: str
    file: str
    line: int


@dataclass
class Transition:
    """A goroutine goes from one state to another.

    `by` is the goroutine that did it, -1 if the runtime did; `time` is in nanoseconds from some
    moment on. `inner` is the stack of the goroutine itself, `stack` of who did it.
    """

    processor: int
    by: int
    time: int
    goroutine: int
    before: str
    after: str
    reason: str
    inner: list[Frame] = field(default_factory=list)
    stack: list[Frame] = field(default_factory=list)


def read_trace(text: str, source: str, output: str = "") -> Trace:
    """Makes a Trace of the text that `go tool trace -d=parsed` printed.

    Parameters
    ----------
    text
        What it printed.
    source
        The program, whose lines the trace tells.
    output
        What the program printed.

    Raises ValueError if nothing of a program is in it.
    """
    lines = text.splitlines()
    transitions = list(_transitions(lines))
    story = _Story(source.splitlines())
    for transition in transitions:
        story.note(transition)
    if not story.events:
        raise ValueError("this execution trace holds no goroutine of a program")
    return Trace(
        events=tuple(story.events),
        goroutines=tuple(story.facts()),
        channels=(),
        sources=(Source(FILE, 1, source.rstrip("\n")),),
        procs=_processors(lines, transitions),
        output=output,
        end=story.events[-1].time,
    )


def _transitions(lines: Iterable[str]) -> Iterator[Transition]:
    """Those of goroutines, each with its stacks."""
    current: Transition | None = None
    frames: list[Frame] = []
    function = ""
    for line in lines:
        if line.startswith("M="):
            if current is not None:
                yield current
            current, frames = _transition(line), []
        elif current is None:
            continue
        elif line == "TransitionStack=":
            frames = current.inner
        elif line == "Stack=":
            frames = current.stack
        elif found := _PLACE.match(line):
            frames.append(Frame(function, found[1], int(found[2])))
        elif found := _FUNCTION.match(line):
            function = found[1]
    if current is not None:
        yield current


def _transition(line: str) -> Transition | None:
    found = _TRANSITION.match(line)
    if found is None:
        return None
    processor, by, time, goroutine, before, after, reason = found.groups()
    return Transition(int(processor), int(by), int(time), int(goroutine), before, after, reason)


def _processors(lines: Iterable[str], transitions: Iterable[Transition]) -> int:
    """How many there were: as many as Go says, or as were seen."""
    said = [int(found[1]) for line in lines if (found := _METRIC.match(line))]
    seen = max((one.processor for one in transitions), default=0) + 1
    return max([seen, *said])


class _Story:
    """Puts together the events of the program's own goroutines.

    They are numbered in the order in which they were started, main is number 1. A goroutine of Go
    itself (its first function is the runtime's) is left out.
    """

    def __init__(self, lines: list[str]) -> None:
        self.events: list[Event] = []
        self._lines = lines
        self._numbers: dict[int, int] = {}
        self._born: dict[int, tuple[str, int, int, int]] = {}  # name, by, line, step
        self._ended: dict[int, int] = {}
        self._begin = 0
        self._step = 0

    def note(self, one: Transition) -> None:
        """One more transition, which is one step if it is told."""
        if one.before in ("NotExist", "Undetermined"):
            self._meet(one)
        number = self._numbers.get(one.goroutine)
        event = self._event(one, number) if number is not None else None
        if event is not None:
            self.events.append(event)
            self._step += 1

    def facts(self) -> Iterator[GoroutineFacts]:
        """Who they were."""
        for number, (name, by, line, step) in self._born.items():
            yield GoroutineFacts(number, name, by, line, FILE, step, self._ended.get(number))

    def _meet(self, one: Transition) -> None:
        """A goroutine is heard of for the first time."""
        is_main = one.goroutine == 1
        if not is_main and (not one.inner or one.inner[-1].function.startswith(OWN)):
            return
        number = len(self._numbers) + 1
        self._numbers[one.goroutine] = number
        self._begin = self._begin or one.time
        name = "main" if is_main else _short(one.inner[-1].function)
        line = _own_line(one.stack)
        self._born[number] = name, self._numbers.get(one.by, 0), line, self._step

    def _event(self, one: Transition, number: int) -> Event | None:
        """What it is to those who read it; None if it is nothing to them."""
        by, who = self._numbers.get(one.by, 0), f"g{number}"
        mine, theirs = _own_line(one.inner), _own_line(one.stack)
        event = None  # as for a call of the system, which takes a moment
        match one.before, one.after:
            case "NotExist", _:
                event = self._told(kinds.GO, one.time, by, theirs, object=who)
            case "Runnable" | "Undetermined", "Running":
                processor = f"{PROCESSOR}{one.processor}"
                event = self._told(kinds.RUN, one.time, number, object=processor)
            case "Running", "Runnable":
                event = self._told(kinds.YIELD, one.time, number, mine)
            case "Running", "Waiting":
                reason, thing = self._why(one)
                event = self._told(kinds.BLOCK, one.time, number, mine, object=thing, value=reason)
            case "Waiting", "Runnable":
                event = self._told(kinds.READY, one.time, by, theirs, object=who)
            case _, "NotExist":
                self._ended[number] = self._step
                event = self._told(kinds.END, one.time, number)
        return event

    def _told(self, kind: str, time: int, goroutine: int, line: int = 0, **what: Any) -> Event:
        file = FILE if line else ""
        at = time - self._begin
        return Event(kind, at, self._step, goroutine, line=line, file=file, **what)

    def _why(self, one: Transition) -> tuple[str, str | None]:
        """Why a goroutine waits, in Go's words, and on what, if its line says so."""
        reason = SLEEP if one.reason == "sleep" else one.reason
        for frame in one.inner:
            reason = _WAITS.get(frame.function, reason)
        line = _own_line(one.inner)
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        found = _THINGS[reason].search(text) if reason in _THINGS else None
        return reason, found[1] if found else None


def _own_line(stack: list[Frame]) -> int:
    """The innermost line of the program, 0 if there is none."""
    own = (frame for frame in stack if frame.function.startswith(MAIN))
    return next((frame.line for frame in own if not frame.file.endswith(TRACER_FILE)), 0)


def _short(function: str) -> str:
    """`worker`, `main.func1` (the first function without a name in main)."""
    return function.removeprefix(MAIN)
