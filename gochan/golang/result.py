"""How a Go program ended: plain data that survives JSON.

The kinds of end are `KINDS`; everything that shows a result says them in the same words.
"""

from __future__ import annotations

import dataclasses
import signal
from dataclasses import dataclass
from typing import Any

KINDS = {
    "ok": "ran to its end",
    "exit": "ended itself with an exit code",
    "compile": "doesn't compile",
    "deadlock": "deadlock",
    "panic": "panic",
    "fatal": "fatal error",
    "race": "data race",
    "timeout": "stopped, its time was up",
    "memory": "too much memory",
    "killed": "ended by a signal",
    "failed": "couldn't be built or started",
}


class BadInput(ValueError):
    """A program or an option that can't be meant; the text is a sentence for its author."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of its own traceback."""
        return [str(self)]


@dataclass(frozen=True)
class Place:
    """A line of the program that Go named.

    `line` counts from 1, `column` too (0: none was named), `text` is what Go says about it.
    """

    line: int
    column: int = 0
    text: str = ""


@dataclass(frozen=True)
class Stack:
    """A goroutine in a report, or one access of a data race.

    `title` is such as `goroutine 1 [chan send]`, `places` the program's own lines, innermost first,
    `folded` how many frames of Go's own code are left out.
    """

    title: str
    places: tuple[Place, ...] = ()
    folded: int = 0


@dataclass(frozen=True)
class Report:
    """What Go reports: its `message`, the goroutines that it names, and the whole `text`."""

    message: str
    stacks: tuple[Stack, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Times:
    """An output that several runs had in common, how these ended, and how many they were."""

    output: str
    kind: str
    message: str
    count: int


@dataclass(frozen=True)
class GoResult:
    """How a Go program ran.

    `kind` is one of `KINDS`, `output` what it printed (in the middle of a long one `left_out`
    characters are missing), `exit` its exit code (negative: the signal that ended it; None: it
    didn't start, or was ended here), `message` what Go says about a bad end, in one line,
    `places` the lines of the program that this is about, `report` all that Go says about it,
    `races` a report for each data race, `vet` what `go vet` finds, `notes` sentences about what
    the author may not expect, `seconds` how long it ran (without compiling), `go` such as
    `go1.27.3`. `times` counts the different outputs of many runs, most frequent first.
    """

    kind: str
    output: str = ""
    left_out: int = 0
    exit: int | None = None
    message: str = ""
    report: Report | None = None
    races: tuple[Report, ...] = ()
    vet: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    go: str = ""
    times: tuple[Times, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it ran to its end and nothing was wrong."""
        return self.kind == "ok"

    @property
    def places(self) -> tuple[Place, ...]:
        """The program's own lines that its end is about, in the order in which Go names them."""
        reports = (*((self.report,) if self.report else ()), *self.races)
        return tuple(
            place for report in reports for stack in report.stacks for place in stack.places
        )

    def to_dict(self) -> dict[str, Any]:
        """As what JSON knows."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> GoResult:
        """What `to_dict` gave."""
        return cls(
            **{
                **data,
                "report": _report(data["report"]) if data.get("report") else None,
                "races": tuple(map(_report, data.get("races", ()))),
                "vet": tuple(Place(**place) for place in data.get("vet", ())),
                "notes": tuple(data.get("notes", ())),
                "times": tuple(Times(**times) for times in data.get("times", ())),
            }
        )


def _report(data: dict[str, Any]) -> Report:
    stacks = tuple(
        Stack(stack["title"], tuple(Place(**place) for place in stack["places"]), stack["folded"])
        for stack in data["stacks"]
    )
    return Report(data["message"], stacks, data["text"])


def exit_words(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit code {code}{_MEANT.get(code, '')}"
    try:
        return f"ended by the signal {signal.Signals(-code).name}"
    except ValueError:
        return f"ended by signal {-code}"


_MEANT = {
    0: ": all is well",
    1: ", as after log.Fatal or os.Exit(1)",
    2: ", as after a panic or a fatal error",
    66: ", with which the race detector ends a program",
}
