"""The pairs: `programs/GROUP/NAME.go`, `.py` and `.txt`, what real Go did with the first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PROGRAMS = HERE / "programs"
RULE = re.compile(r"[A-V]\d+")


class Pair(NamedTuple):
    """One program, written twice."""

    group: str
    name: str

    def __str__(self) -> str:
        return f"{self.group}/{self.name}"

    def file(self, ending: str) -> Path:
        """Its `.go`, its `.py` or its `.txt`."""
        return PROGRAMS / self.group / f"{self.name}{ending}"

    def headline(self, ending: str) -> str:
        """The first line without its comment marks: the rules of the catalogue, and a sentence."""
        return self.file(ending).read_text().split("\n", 1)[0].strip('/" ')

    def rules(self) -> list[str]:
        """The rules it shows, such as `C22`."""
        return RULE.findall(self.headline(".py").split(":")[0])


def all_pairs() -> list[Pair]:
    """Every pair, by group and name."""
    return [Pair(path.parent.name, path.stem) for path in sorted(PROGRAMS.glob("*/*.go"))]
