"""Who leads a walker through the tree of choices, and why a run may be given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ...runtime.schedule import GivenUp, ScheduleError
from .operation import Candidate

if TYPE_CHECKING:
    from .walker import Walker


class NotTheSame(ScheduleError):
    """The program did something else than before, under the same choices."""

    def __init__(self, before: str = "", now: str = "") -> None:
        how = f": it came to {before} and then to {now}" if before else ""
        super().__init__(
            f"main is not the same program each time it runs under one schedule{how}. Random "
            "numbers or a clock of its own make that, the order of a set, and whatever outlives a "
            "run: variables, channels and arguments that are made outside main"
        )


class Pruned(GivenUp):
    """The rest of this run would come to what others have come to before."""


class Guide(Protocol):
    """Says which way a walker takes."""

    settles: bool  # whether what nobody else sees goes at once
    waits: bool  # whether what would only block is put off

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """Who goes next; None to give up this run."""
        ...

    def which(self, walker: Walker, options: int) -> int:
        """The index of one of several ready cases."""
        ...
