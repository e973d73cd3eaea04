"""Who goes next: a policy answers one question, and a schedule is its answers as data.

`choose` is asked whenever there is a choice: which of the goroutines that can run goes next, which
of a select's ready cases is taken. Nothing else in gochan is left to chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ProgramError

if TYPE_CHECKING:
    from .goroutine import Goroutine

NEVER = 2**62
CLOCK_CHOICE = "t"
CLOCK_FIRST = -1  # instead of an index: the clock moves on before any goroutine does
# A seeded run preempts before one visible operation in so many, on average: often while it is
# young, because a small program has no other operations; more rarely later, because it takes time.
FIRST_PATIENCE, LAST_PATIENCE = 2, 16
DRAWN_AT_ONCE = 64  # so many times it is as patient as before


class ScheduleError(ProgramError):
    """A schedule was replayed on a program that it wasn't recorded from."""


class GivenUp(Exception):
    """Raised by a policy that ends a run of which nobody asks what it came to."""


@dataclass(frozen=True)
class Schedule:
    """A repeatable order of events; printable, and `Schedule.parse` reads the print back.

    `seed` is that of a random schedule, None for first come, first served. `choices` are explicit
    answers that come before: `g3` (goroutine 3 goes next) or `c1` (select takes case 1), one for
    each point where there is more than one possibility, and `t` where the clock moves on although
    somebody can run.
    """

    seed: int | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.seed is not None and not isinstance(self.seed, int):
            raise TypeError(f"seed is a whole number or None, not {self.seed!r}")

    def __str__(self) -> str:
        if self.choices:
            return " ".join(_folded(self.choices))
        return "first come" if self.seed is None else f"seed {self.seed:d}"

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """Reads what `str` printed.

        Raises ValueError for any other text.
        """
        if not isinstance(text, str):
            raise TypeError(f"a schedule's text is a str, not {text!r}")
        words = text.split()
        if words in ([], ["first", "come"]):
            return cls()
        if len(words) == 2 and words[0] == "seed" and re.fullmatch(r"-?\d+", words[1]):
            return cls(seed=int(words[1]))
        return cls(choices=tuple(choice for word in words for choice in _unfolded(word, text)))


def _folded(choices: tuple[str, ...]) -> list[str]:
    """`g1 g1 g1` as `g1*3`."""
    words: list[tuple[str, int]] = []
    for choice in choices:
        if words and words[-1][0] == choice:
            words[-1] = (choice, words[-1][1] + 1)
        else:
            words.append((choice, 1))
    return [choice if times == 1 else f"{choice}*{times}" for choice, times in words]


def _unfolded(word: str, text: str) -> list[str]:
    match = re.fullmatch(r"([gc]\d+|t)(?:\*(\d+))?", word)
    if match is None:
        raise ValueError(f"no schedule: {text!r} ({word!r} is neither g1 nor c0 nor t nor g1*3)")
    return [match[1]] * int(match[2] or 1)


class Policy(Protocol):
    """What the scheduler asks.

    `shuffles` says that the order of the run queue means nothing to it, and need not be kept;
    `moves_clock` that it may let the clock go first, even if a single goroutine can run.
    """

    shuffles: bool
    moves_clock: bool

    def patience(self) -> int:
        """How many visible operations go by before it wants to be asked whether it `preempts`.

        0: it is asked before each.
        """
        ...

    def preempts(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> bool:
        """Whether the goroutine stands back before its next operation, `kind` on `things`."""
        ...

    def choose(self, options: Sequence[Any]) -> int:
        """The index of the goroutine, or of the select case's number, that is taken.

        Among goroutines it may be CLOCK_FIRST: then it is asked again after the clock has moved on.
        """
        ...


class FirstCome:
    """First come, first served; only select draws lots."""

    shuffles = False
    moves_clock = False

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)

    def patience(self) -> int:
        """It never preempts."""
        return NEVER

    def preempts(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> bool:
        """Never."""
        return False

    def choose(self, options: Sequence[Any]) -> int:
        """By lot; asked for select only."""
        return int(self._random.random() * len(options))


class Seeded:
    """A random schedule that repeats with its seed, preemption included."""

    shuffles = True
    moves_clock = False

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._drawn: list[int] = []
        self._average = FIRST_PATIENCE

    def patience(self) -> int:
        """By lot."""
        if not self._drawn:
            self._drawn = self._random.choices(range(1, 2 * self._average), k=DRAWN_AT_ONCE)
            self._average = min(2 * self._average, LAST_PATIENCE)
        return self._drawn.pop()

    def preempts(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> bool:
        """Each time that its patience is at an end."""
        return True

    def choose(self, options: Sequence[Any]) -> int:
        """By lot."""
        return int(self._random.random() * len(options))


class Replay:
    """Explicit choices, one for each point with more than one possibility, then first come."""

    shuffles = False

    def __init__(self, choices: Sequence[str]) -> None:
        self._choices = list(reversed(choices))
        self.moves_clock = CLOCK_CHOICE in choices
        self._after = FirstCome()

    def patience(self) -> int:
        """None, as long as there are choices."""
        return 0 if self._choices else NEVER

    def preempts(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> bool:
        """As long as there are choices, which say who goes on."""
        return bool(self._choices)

    def choose(self, options: Sequence[Any]) -> int:
        """The next choice.

        Raises ScheduleError if it isn't among the options.
        """
        of_cases = isinstance(options[0], int)
        if not self._choices:
            return self._after.choose(options) if of_cases else 0
        if not of_cases and self._choices[-1] == CLOCK_CHOICE:
            self._choices.pop()
            return CLOCK_FIRST
        if len(options) == 1:
            return 0
        choice = self._choices.pop()
        names = [f"c{option}" if of_cases else f"g{option.id}" for option in options]
        if choice not in names:
            raise ScheduleError(
                f"the schedule goes on with {choice}, but here the choice is between "
                f"{' and '.join(names)}: it was recorded from another program"
            )
        return names.index(choice)


def policy_of(schedule: Schedule) -> Policy:
    """The policy that carries a schedule out."""
    if schedule.choices:
        return Replay(schedule.choices)
    return FirstCome() if schedule.seed is None else Seeded(schedule.seed)
