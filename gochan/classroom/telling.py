"""The text of a failure: what went wrong, in how many schedules, who did it, where."""

from __future__ import annotations

import re

from ..analysis.explore.verdict import BUDGET, DEADLOCK, FATAL, LEAK, PANIC, RACE, WRONG
from ..analysis.findings import how_many, schedules
from ..errors import ProgramError
from ..exploring import Exploration, Failure
from ..program import Result
from .crashes import crash_told
from .endless import loop_told
from .reasons import race_told, reasons, the_race
from .stuck import stuck_told
from .task import Task
from .told import Told
from .trying import Trial, trace_of

LONGEST_SCHEDULE = 100  # characters


def failed(trial: Trial, exploration: Exploration) -> Told:
    """What is said of the worst failure, with its schedule replayed.

    Raises ScheduleError if it isn't the same now.
    """
    failure = exploration.failures[0]
    result = failure.replay()
    count, of_all = how_often(exploration, failure.kind)
    lines = [
        f"{trial.call} {_headline(failure, result)}{of_all}",
        *_details(failure, result, trial.task),
        *reasons(trial, exploration, result),
    ]
    if count < schedules(exploration):
        lines.append(f"schedule: {_shortened(str(failure.schedule))}")
    if failure.kind == WRONG:
        result = trial.wrong_again(failure.schedule)
    return Told("\n".join(lines), result.trace)


def _headline(failure: Failure, result: Result) -> str:
    detail = re.sub(r"\w+\.<locals>\.", "", failure.detail)  # so does Python call inner functions
    if failure.kind == PANIC:
        return f"{'panics:' if isinstance(result.error, ProgramError) else 'raises'} {detail}"
    count = len(result.leaked)
    leaked = "1 goroutine behind that never ends"
    if count != 1:
        leaked = f"{count:,} goroutines behind that never end"
    return HEADLINES[failure.kind].format(
        detail=detail, leaked=leaked, thing=detail.split(":", 1)[0]
    )


HEADLINES = {
    DEADLOCK: "ends in a deadlock: all goroutines are asleep",
    FATAL: "ends in a fatal error: {detail}",
    WRONG: "{detail}",
    BUDGET: "does not end",
    LEAK: "returns, and leaves {leaked}",
    RACE: "has a data race on `{thing}`, although what it returned is right",
}


def how_often(exploration: Exploration, kind: str) -> tuple[int, str]:
    """In how many schedules a kind was seen, and ` (in 3 of 41 schedules)`."""
    total = schedules(exploration)
    count, is_exact = how_many(exploration, kind)
    noun = f"{total:,} schedules{'' if exploration.complete else ' tried'}"
    if count == total:
        tried = f"all {noun}" if total > 1 else "the only schedule tried"
        return count, f" (in {'every schedule' if exploration.complete else tried})"
    return count, f" (in {'' if is_exact else 'at least '}{count:,} of {noun})"


def _details(failure: Failure, result: Result, task: Task) -> list[str]:
    places = task.places
    if failure.kind == DEADLOCK:
        return stuck_told(result.left, trace_of(result), places, births=False)
    if failure.kind == LEAK:
        return stuck_told(result.leaked, trace_of(result), places, births=True)
    if failure.kind == RACE:
        return race_told(the_race(failure, result), places)
    if failure.kind == BUDGET:
        return loop_told(result, places)
    return crash_told(result, task) if failure.kind in (PANIC, FATAL) else []


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SCHEDULE else f"{text[: LONGEST_SCHEDULE - 1]}…"
