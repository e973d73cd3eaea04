"""What real Go did with the first 1,300 scripts, in recorded.txt: it is compared without Go.

    17 3fa9c1d2
    1: 1000 -; 13000 5 true
    end: ok

That is the seed and a digest of the script, then its log, and an empty line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("recorded.txt")
COUNT = 1_300


class Recording(NamedTuple):
    """What Go did with a script."""

    seed: int
    digest: str
    log: str


def digest(script: str) -> str:
    """It changes with the script."""
    return hashlib.sha256(script.encode()).hexdigest()[:8]


def read() -> list[Recording]:
    """All recordings."""
    recordings = []
    for text in FILE.read_text().split("\n\n"):
        head, _, log = text.rstrip("\n").partition("\n")
        seed, digest = head.split()
        recordings.append(Recording(int(seed), digest, log + "\n"))
    return recordings


def write(recordings: Iterable[Recording]) -> None:
    """Records what Go did."""
    FILE.write_text("\n".join(f"{one.seed} {one.digest}\n{one.log}" for one in recordings))
