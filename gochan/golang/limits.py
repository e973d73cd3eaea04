"""What a process may use, and how one ended: plain data for both sides of a start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a process may use.

    `seconds` of wall time, `memory` and `file_size` in bytes (0: unlimited). With `dump` Go says
    where its goroutines are when the time is up. `reserves` is true of a program that sets far more
    memory aside than it uses (one with the race detector).
    """

    seconds: float
    memory: int = 0
    file_size: int = 0
    dump: bool = False
    reserves: bool = False


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    `why` is "exit", "timeout", "memory", "not started", or "lost" if its keeper was killed; `code`
    its exit code (-n: signal n; None if it was ended here), `memory` the most it had in bytes,
    `others` how many processes it left behind, `error` why it couldn't be started.
    """

    why: str
    code: int | None
    memory: int = 0
    others: int = 0
    error: str = ""


# What is given for a process that was started: its output, and what waits for its end.
Started = tuple[IO[bytes], Callable[[], Ended]]
