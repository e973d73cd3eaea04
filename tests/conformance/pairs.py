"""The pairs: `programs/GROUP/NAME.go`, `.py`, and `.txt`: what real Go did with the first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"

# The project's catalogue of what Go does: the numbers of its rules, by their group.
CATALOGUE = {
    "A": range(1, 13),  # channels: making, identity, length and capacity, direction
    "B": range(13, 21),  # unbuffered channels
    "C": range(21, 26),  # buffered channels
    "D": range(26, 32),  # the nil channel
    "E": range(32, 45),  # closing
    "F": range(45, 50),  # range over a channel
    "G": range(50, 72),  # select
    "H": range(72, 85),  # goroutines, scheduling, the program's end
    "I": range(85, 101),  # panics
    "J": range(101, 116),  # detection of deadlocks
    "K": range(116, 133),  # what dumps say
    "L": range(133, 156),  # timers, sleep, tickers
    "M": range(156, 166),  # the virtual clock
    "N": range(166, 174),  # sync.Mutex
    "O": range(174, 183),  # sync.RWMutex
    "P": range(183, 195),  # sync.WaitGroup
    "Q": range(195, 203),  # sync.Once, OnceFunc, OnceValue
    "R": range(203, 211),  # sync.Cond
    "S": range(211, 218),  # atomic
    "T": range(218, 225),  # sync.Map, sync.Pool, maps
    "U": range(225, 246),  # context
    "V": range(246, 254),  # errgroup
}
HEADLINE = re.compile(r'(?:// |""")((?:[A-V]\d+(?:, )?)+): (.+?\.)(?:""")?')


class Pair(NamedTuple):
    """One program, written twice."""

    group: str
    name: str

    def __str__(self) -> str:
        return f"{self.group}/{self.name}"

    def file(self, ending: str) -> Path:
        """Its `.go`, its `.py` or its `.txt`."""
        return PROGRAMS / self.group / f"{self.name}{ending}"

    def headline(self, ending: str) -> tuple[list[str], str]:
        """What the first line says: the rules it shows, such as `C22`, and a sentence."""
        first = self.file(ending).read_text().split("\n", 1)[0]
        found = HEADLINE.fullmatch(first)
        assert found is not None, f"{self}{ending} begins with {first!r}"
        return found[1].split(", "), found[2]


def all_pairs() -> list[Pair]:
    """Every pair, by group and name."""
    return [Pair(path.parent.name, path.stem) for path in sorted(PROGRAMS.glob("*/*.go"))]
