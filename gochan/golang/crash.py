"""What Go says when something is wrong, read: compiler errors, crashes, data races.

Source: Go's runtime/panic.go and runtime/traceback.go for the form of a crash; "Data Race Detector"
(https://go.dev/doc/articles/race_detector) for that of a race.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .result import Place, Report, Stack

BEFORE_FATAL = ("runtime: goroutine stack exceeds ", "runtime: out of memory")
BEGINNINGS = ("panic: ", "fatal error: ", "SIGQUIT: quit", *BEFORE_FATAL)
START = re.compile("|".join(BEGINNINGS))  # also behind what the program printed without a newline
GOROUTINE = re.compile(
    r"(?m)^goroutine (?P<id>\d+)(?: gp=\S+ m=\S+(?: mp=\S+)?)? \[(?P<state>[^\]\n]*)\]:$"
)
_ERROR = re.compile(
    r"^(?:vet: )?(?:\S*[/\\])?cell(?:_test)?\.go:(?P<line>\d+)(?::(?P<column>\d+))?: (?P<text>.*)"
)
_PLACE = re.compile(r"^\s+(?P<file>.+?):(?P<line>\d+)(?: \+0x[0-9a-f]+)?(?: fp=.*)?$")
_OF_THE_CELL = re.compile(r"(?:^|.*[/\\])cell(?:_test)?\.go$")
_RACE = re.compile(r"(?s)={18}\nWARNING: (DATA RACE.*?)\n={18}")
LONGEST_REPORT = 20_000  # characters
LONGEST_MESSAGE = 1_000


@dataclass(frozen=True)
class Crash:
    """Where in an output a crash begins, what kind of end it is, and what it says."""

    start: int
    kind: str
    report: Report


def find(output: str) -> Crash | None:
    """The crash at the end of an output, None if there is none."""
    starts = [found.start() for found in START.finditer(output)]
    while starts:
        start = starts.pop()
        while starts and output[start - 2 : start] == "\n\t":  # a panic while another was handled
            start = starts.pop()
        text = output[start:]
        if GOROUTINE.search(text):
            message = _message(text)
            while starts and output.startswith(BEFORE_FATAL, starts[-1]):
                start = starts.pop()
            return Crash(start, _kind(message), Report(message, _stacks(text), _short(text)))
    return None


def _message(text: str) -> str:
    """The first paragraph, without the line about the signal."""
    paragraph = text.partition("\n\n")[0]
    lines = [line for line in paragraph.splitlines() if not line.startswith(("[signal ", "PC="))]
    return "\n".join(lines)[:LONGEST_MESSAGE]


def _kind(message: str) -> str:
    if message.startswith("SIGQUIT"):
        return "timeout"
    if message.startswith("panic: "):
        return "panic"
    if "deadlock!" in message:
        return "deadlock"
    if "out of memory" in message or "cannot allocate memory" in message:
        return "memory"
    return "fatal"


def _short(text: str) -> str:
    if len(text) <= LONGEST_REPORT:
        return text
    return f"{text[:LONGEST_REPORT]}\n... {len(text) - LONGEST_REPORT:,} more characters"


def _stacks(text: str) -> tuple[Stack, ...]:
    """The goroutines that were in the program's own lines, or were created there."""
    found = list(GOROUTINE.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    stacks = [
        _stack(
            f"goroutine {one['id']} [{one['state']}]", text[one.end() : end].partition("\n\n")[0]
        )
        for one, end in zip(found, ends, strict=True)
    ]
    return tuple(stack for stack in stacks if stack.places)


def _stack(title: str, block: str) -> Stack:
    places, folded = [], 0
    for function, file, line in _frames(block):
        if _OF_THE_CELL.match(file) and line:
            places.append(Place(line, text=_function(function)))
        else:
            folded += 1
    return Stack(title, tuple(places), folded)


def _frames(block: str) -> Iterator[tuple[str, str, int]]:
    """Function, file and line of each frame: two lines each."""
    function = ""
    for line in block.splitlines():
        place = _PLACE.match(line)
        if place is None:
            function = line.strip()
        elif function:
            yield function, place["file"].strip(), int(place["line"])
            function = ""


def _function(text: str) -> str:
    """`in main.main.func1` or `created by main.main in goroutine 1`."""
    if text.startswith("created by "):
        return text
    return f"in {re.sub(r'[(][^()]*[)]$', '', text)}"


def compile_errors(said: str) -> tuple[Place, ...]:
    """The errors and findings in what the compiler or `go vet` said."""
    places: list[Place] = []
    for line in said.splitlines():
        found = _ERROR.match(line)
        if found:
            places.append(Place(int(found["line"]), int(found["column"] or 0), found["text"]))
        elif line.startswith("\t") and places:
            last = places[-1]
            places[-1] = Place(last.line, last.column, f"{last.text}\n{_without_file(line)}")
    return tuple(places)


def _without_file(line: str) -> str:
    return re.sub(r"^\t\S*cell(?:_test)?\.go:(\d+)(?::\d+)?: ", r"line \1: ", line).strip()


def races(text: str) -> tuple[Report, ...]:
    """The data races in what the race detector wrote."""
    return tuple(_race(found[1]) for found in _RACE.finditer(text))


def _race(text: str) -> Report:
    stacks = []
    for block in text.partition("\n")[2].split("\n\n"):
        title, _, frames = block.partition("\n")
        stacks.append(_stack(re.sub(r" at 0x[0-9a-f]+", "", title.rstrip(":")), frames))
    shown = tuple(stack for stack in stacks if stack.places)
    return Report("WARNING: DATA RACE", shown, _short(text))
