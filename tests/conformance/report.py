"""What a run showed, in one form for both sides: a text that can be stored and compared.

    0 ms        1 true
    1,500 ms    fatal error: all goroutines are asleep - deadlock!
                goroutine 1 [chan receive]: main
                goroutine 2 [chan send]: push < worker, created by main in goroutine 1
    exit status 2

Each printed line has the program time of its writing. Go's numbers of goroutines have gaps, so all
but main's are counted anew in the order of the dump; "?" is a creator that is not in the dump. Of
the frames only the program's own functions are told, innermost first, in Python's spelling.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

HEADER = re.compile(r"goroutine (\d+) \[(.+)\]:")
CREATED = re.compile(r"created by (\S+)(?: in goroutine (\d+))?")
FRAME = re.compile(r"(\S+)\(.*\)")
BY_THE_LIBRARY = re.compile(r"created by \S*\.\S+ in")
MILLISECOND = 1_000_000
MARGIN = " " * 12


class Line(NamedTuple):
    """A printed line, and the program time of its writing in nanoseconds."""

    time: int
    text: str


def report(printed: list[Line], crash: Line | None, status: int) -> str:
    """The whole text. `crash` is all that Go wrote to stderr, and when."""
    told = [stamped(line) for line in printed]
    if crash is not None:
        first, *rest = crash_lines(crash.text)
        told += [stamped(Line(crash.time, first)), *(MARGIN + line for line in rest)]
    return "\n".join([*told, f"exit status {status}"]) + "\n"


def stamped(line: Line) -> str:
    """A line behind its time."""
    time = f"{line.time / MILLISECOND:,.3f}".rstrip("0").rstrip(".")
    return f"{time} ms".ljust(len(MARGIN) - 1) + f" {line.text}".rstrip()


def crash_lines(text: str) -> list[str]:
    """The words of a crash, then a line for each goroutine."""
    words, *blocks = text.strip().split("\n\n")
    dumps = [block.split("\n") for block in blocks if HEADER.match(block)]
    numbers = {"1": "1"}
    for header, *_ in dumps:
        numbers.setdefault(number(header), str(len(numbers) + 1))
    kept = [line for line in words.split("\n") if not line.startswith("[signal ")]
    return kept + [goroutine_line(dump, numbers) for dump in dumps]


def number(header: str) -> str:
    """The goroutine's number in `goroutine 7 [chan send]:`."""
    return header.split()[1]


def goroutine_line(dump: list[str], numbers: dict[str, str]) -> str:
    """`goroutine 2 [chan send]: worker, created by main in goroutine 1`."""
    header = dump[0].replace(f" {number(dump[0])} ", f" {numbers[number(dump[0])]} ", 1)
    line = f"{header} {' < '.join(counted(own_functions(dump)))}"
    for creator, creator_number in filter(None, map(created_by, dump)):
        line += f", created by {creator}"
        if creator_number:
            line += f" in goroutine {numbers.get(creator_number, '?')}"
    return line


def created_by(line: str) -> tuple[str, str] | None:
    """Function and number of the creator, if this is the line that names it."""
    found = CREATED.fullmatch(line)
    return (spelling(found[1]), found[2]) if found else None


def own_functions(dump: list[str]) -> list[str]:
    """The program's functions; not those which Go ran on the way out of a panic."""
    names = [found[1] for found in map(FRAME.fullmatch, dump) if found]
    if "panic" in names:
        names = names[len(names) - names[::-1].index("panic") :]
    return [spelling(name) for name in names if name.startswith("main.") or "." not in name]


def counted(names: list[str]) -> list[str]:
    """A function that called itself once, with the number of its frames."""
    runs = ((name, len(list(run))) for name, run in itertools.groupby(names))
    return [name if length == 1 else f"{name} ({length} times)" for name, length in runs]


def spelling(function: str) -> str:
    """`main.readAll` and `read_all` are both `read_all`; Go's own functions stay as they are."""
    name = function
    while name.startswith("main."):
        name = name.removeprefix("main.")
    return name if "." in name else re.sub(r"([A-Z])", r"_\1", name).lower()


def same(go_side: str, python_side: str) -> bool:
    """Whether both sides did the same.

    A goroutine that was started by Go's library, such as by a WaitGroup's Go, has a function of the
    library as its creator; gochan may name the program's function that called it.
    """
    pattern = re.escape(BY_THE_LIBRARY.sub("\0", go_side)).replace("\0", r"created by \S+ in")
    return re.fullmatch(pattern, python_side) is not None
