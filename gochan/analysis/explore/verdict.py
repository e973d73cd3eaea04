"""What a run under explore came to, as kind and detail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from ...errors import ProgramError, text_of
from ...runtime.goroutine import GoroutineInfo
from ...runtime.scheduler import Scheduler
from ...runtime.shown import without_addresses
from ..race import Race

OK, DEADLOCK, PANIC, FATAL, LEAK, RACE, WRONG, BUDGET = (
    "ok",
    "deadlock",
    "panic",
    "fatal",
    "leak",
    "race",
    "wrong",
    "budget",
)


class Outcome(NamedTuple):
    """How a run ended, or what else was wrong with it."""

    kind: str
    detail: str


class Expectation:
    """What main should return, or a function of the Result that says whether it is right."""

    run: Scheduler

    def __init__(
        self, expect: Any, result_of: Callable[[Scheduler, Any], Any] | None = None
    ) -> None:
        self._expect = expect
        self._result_of = result_of
        self.at_exit: Callable[[], None] | None = None
        self.outcome: Outcome | None = None

    def judge(self, value: Any) -> None:
        """Takes what main returned, at that moment."""
        if self.at_exit is not None:
            self.at_exit()
        said = self._complaint(self.run, value)
        if said is None:
            self.outcome = Outcome(OK, shown(value))
        else:
            self.outcome = Outcome(WRONG, said)

    def _complaint(self, run: Scheduler, value: Any) -> str | None:
        expect = self._expect
        if expect is None:
            return None
        try:
            if not callable(expect):
                return None if value == expect else shown(value)
            is_right = expect(value if self._result_of is None else self._result_of(run, value))
        except Exception as error:  # noqa: BLE001 - it raises what it likes
            return without_addresses(text_of(error).split("\n", 1)[0]) or type(error).__name__
        return None if is_right or is_right is None else shown(value)


def shown(value: Any) -> str:
    """A value's repr, the same in every run."""
    try:
        return without_addresses(repr(value))
    except Exception as error:  # noqa: BLE001 - it is the program's own
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"


def message_of(error: BaseException | None) -> str:
    """The first line of an error, with its type if it is not one of gochan's."""
    if error is None:
        return ""
    text = text_of(error).split("\n", 1)[0].removeprefix("fatal error: ")
    if not isinstance(error, ProgramError):
        text = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return without_addresses(text)


def outcomes_of(
    run: Scheduler, ending: Outcome | None, races: list[Race], *, leaks: bool
) -> list[Outcome]:
    """How the run ended, and then its leak and its races."""
    if run.outcome == OK and ending is not None:
        outcomes = [ending]
    else:
        outcomes = [Outcome(run.outcome or OK, message_of(run.error))]
    if leaks and run.outcome == OK and run.leaked:
        outcomes.append(Outcome(LEAK, leak_text(run.leaked)))
    outcomes += dict.fromkeys(Outcome(RACE, race_text(race)) for race in races)
    return outcomes


def leak_text(leaked: list[GoroutineInfo]) -> str:
    """`worker [chan send] x2`: who waits for what."""
    counted = Counter(f"{info.name} [{info.state}]" for info in leaked)
    parts = [text if count == 1 else f"{text} x{count}" for text, count in sorted(counted.items())]
    return ", ".join(parts)


def race_text(race: Race) -> str:
    """`count: read at line 5, write at line 5`, whichever came first."""
    accesses = sorted(f"{one.kind} at line {one.line}" for one in (race.first, race.second))
    return f"{race.object}: {', '.join(accesses)}"
