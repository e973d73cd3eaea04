"""The text of a failure: what went wrong, in how many schedules, who did it, where."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from ..analysis.explore.verdict import BUDGET, DEADLOCK, FATAL, LEAK, PANIC, RACE, WRONG
from ..analysis.findings import how_many, schedules
from ..analysis.race import Access, Race
from ..errors import ProgramError
from ..exploring import Exploration, Failure
from ..program import Result, record
from ..runtime import event as kinds
from ..runtime.crash import places_of
from ..runtime.goroutine import RUNNING
from ..runtime.source import Where
from ..trace.trace import Trace
from .judging import TOO_LONG
from .places import Places
from .stuck import told, who
from .task import Task
from .trying import Trial, trace_of
from .watchdog import Bite

ONE_BY_ONE = "What could happen at the same time happens one after the other"
LONGEST_SCHEDULE = 100  # characters
NO_OPERATION = "Nobody else can run meanwhile: it comes to no send, receive, lock or sleep"
FEW_STEPS = 60  # of a run without end are drawn


@dataclass(frozen=True)
class Told:
    """A text, and the run that shows what it says."""

    text: str
    trace: Trace | None = None


def failed(trial: Trial, exploration: Exploration) -> Told:
    """What is said of the worst failure, with its schedule replayed."""
    failure, places = exploration.failures[0], trial.task.places
    result = failure.replay()
    count, of_all = how_often(exploration, failure.kind)
    lines = [
        f"{trial.call} {_headline(failure, result)}{of_all}",
        *_details(failure, result, places),
        *_besides(trial, exploration, places),
    ]
    if count < schedules(exploration):
        lines.append(f"schedule: {_shortened(str(failure.schedule))}")
    return Told("\n".join(lines), result.trace)


def endless(trial: Trial) -> Told:
    """What is said of a run that was stopped; the picture shows how it begins."""
    places = trial.task.places
    end = "returns, but not all that it started ends" if trial.goes_on else "does not end"
    lines = [f"{trial.call} {end}", *endless_told(trial.first.result, places)]
    return Told("\n".join(lines), record(trial.program, max_steps=FEW_STEPS, linger=math.inf).trace)


def _headline(failure: Failure, result: Result) -> str:
    detail = failure.detail
    if failure.kind == PANIC:
        return f"{'panics:' if isinstance(result.error, ProgramError) else 'raises'} {detail}"
    count = len(result.leaked)
    leaked = f"{count} goroutine{'s' if count != 1 else ''}"
    return HEADLINES[failure.kind].format(
        detail=detail, leaked=leaked, thing=detail.split(":", 1)[0]
    )


HINTS = {
    "SystemExit": "sys.exit() ends the whole program: return from the function instead",
    "RecursionError": "It calls itself again and again: nothing stops it",
    "UnboundLocalError": "To assign to a variable of the function around it, declare it nonlocal",
}
HEADLINES = {
    DEADLOCK: "ends in a deadlock: all goroutines are asleep",
    FATAL: "ends in a fatal error: {detail}",
    WRONG: "{detail}",
    BUDGET: "does not end",
    LEAK: "leaks {leaked}: it returns, and they never end",
    RACE: "has a data race on `{thing}`, although what it returned is right",
}


def how_often(exploration: Exploration, kind: str) -> tuple[int, str]:
    """In how many schedules a kind was seen, and ` (in 3 of 41 schedules)`."""
    total = schedules(exploration)
    count, is_exact = how_many(exploration, kind)
    noun = f"{total:,} schedule{'s' if total != 1 else ''}"
    noun += "" if exploration.complete else " tried"
    if count == total:
        return count, " (in every schedule)" if exploration.complete else f" (in all {noun})"
    return count, f" (in {'' if is_exact else 'at least '}{count:,} of {noun})"


def _details(failure: Failure, result: Result, places: Places) -> list[str]:
    if failure.kind == DEADLOCK:
        return told(result.left, trace_of(result), places, births=False)
    if failure.kind == LEAK:
        return told(result.leaked, trace_of(result), places, births=True)
    if failure.kind == RACE:
        return race_told(result.races[0], places)
    if failure.kind == BUDGET:
        return endless_told(result, places)
    return crash_told(result, places) if failure.kind in (PANIC, FATAL) else []


def _besides(trial: Trial, exploration: Exploration, places: Places) -> list[str]:
    """Why a value is wrong, or takes too long, if that is known."""
    failure = exploration.failures[0]
    races = [one for one in exploration.failures if one.kind == RACE]
    if failure.kind != WRONG:
        return []
    if failure.detail.startswith(TOO_LONG.split("{", 1)[0]):
        started = trial.started_by_solution()
        return [ONE_BY_ONE if started else f"It starts no goroutine: {ONE_BY_ONE.lower()}"]
    if not races:
        return []
    found = races[0].replay().races
    return [f"There is a data race on `{found[0].object}`:", *race_told(found[0], places)]


def race_told(race: Race, places: Places) -> list[str]:
    """Who does what where, and that nothing orders the two."""
    lines = []
    for access in (race.first, race.second):
        where = Where(access.file, access.line, access.function)
        lines.append(f"{_accesses(access)} `{race.object}`, {places.name(where)}")
        lines += places.quoted(where)
    return [*lines, "No lock, channel or WaitGroup says which of the two comes first."]


def _accesses(access: Access) -> str:
    return f"goroutine {access.goroutine} ({access.name}) {access.kind}s"


def crash_told(result: Result, places: Places) -> list[str]:
    """Which goroutine it was, and where."""
    trace, error = trace_of(result), result.error
    where = places.best(reversed(places_of(error.__traceback__ if error else None)))
    crashed = [one.goroutine for one in trace.events if one.kind == kinds.CRASH]
    names = {facts.id: facts.name for facts in trace.goroutines}
    if crashed:
        culprit = f"goroutine {crashed[-1]} ({names.get(crashed[-1], '?')})"
    else:  # a fatal error comes from outside
        running = [info for info in result.left if info.state == RUNNING]
        culprit = who(running[:1]) if running else "main"
        where = places.best(running[0].stack) if running else where
    hint = HINTS.get(type(error).__name__)
    lines = [f"{culprit}, {places.name(where)}", *places.quoted(where)] if where.line else []
    return [*lines, hint] if hint else lines


def endless_told(result: Result, places: Places) -> list[str]:
    """Which loop it is that nothing ends: where most of the last steps were."""
    trace = trace_of(result)
    counted = Counter(
        (event.goroutine, event.file, event.line) for event in trace.events[-500:] if event.line
    )
    if not counted:
        return []
    (who, file, line), _ = counted.most_common(1)[0]
    where = Where(file, line, "")
    stack = next((info.stack for info in result.left if info.id == who), ())
    loop = places.loop_around([where, *stack])
    name = next(facts.name for facts in trace.goroutines if facts.id == who)
    text = f"goroutine {who} ({name}) is still running after {trace.last_step:,} steps"
    if loop is None:
        return [f"{text}, {places.name(where)}", *places.quoted(where)]
    return [f"{text}: nothing ends the loop on {places.name(loop)}", *places.quoted(loop)]


def busy(task: Task, bite: Bite) -> str:
    """What is said of a goroutine that goes round and round, and meets no operation of gochan."""
    where = task.places.best(bite.stack)
    loop = task.places.loop_around(bite.stack)
    text = f"{bite.call} does not go on, {task.places.name(where)}"
    if loop is not None:
        text = f"{bite.call} does not end: nothing ends the loop on {task.places.name(loop)}"
    return "\n".join([text, *task.places.quoted(loop or where), NO_OPERATION])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SCHEDULE else f"{text[: LONGEST_SCHEDULE - 1]}…"
