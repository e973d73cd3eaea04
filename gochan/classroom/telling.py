"""The text of a failure: what went wrong, in how many schedules, who did it, where."""

from __future__ import annotations

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
from .places import Places
from .stuck import told, who
from .trying import Trial, trace_of

LONGEST_SCHEDULE = 100  # characters
FEW_STEPS = 60  # of a run without end are drawn


@dataclass(frozen=True)
class Told:
    """A text, and the run that shows what it says."""

    text: str
    trace: Trace | None


def failed(trial: Trial, exploration: Exploration, places: Places) -> Told:
    """What is said of the worst failure, with its schedule replayed."""
    failure = exploration.failures[0]
    result = failure.replay()
    lines = [
        f"{trial.call} {_headline(failure, result)}{_how_often(exploration, failure.kind)}",
        *_details(failure, result, places),
        *_besides(exploration, failure, places),
        f"schedule: {_shortened(str(failure.schedule))}",
    ]
    return Told("\n".join(lines), result.trace)


def endless(trial: Trial, places: Places) -> Told:
    """What is said of a run that was stopped; the picture shows how it begins."""
    lines = [f"{trial.call} does not end", *endless_told(trial.first, places)]
    return Told("\n".join(lines), record(trial.program, max_steps=FEW_STEPS).trace)


def _headline(failure: Failure, result: Result) -> str:
    detail = failure.detail
    if failure.kind == PANIC:
        return f"{'panics:' if isinstance(result.error, ProgramError) else 'raises'} {detail}"
    count = len(result.leaked)
    leaked = f"{count} goroutine{'s' if count != 1 else ''}"
    return HEADLINES[failure.kind].format(
        detail=detail, leaked=leaked, thing=detail.split(":", 1)[0]
    )


HEADLINES = {
    DEADLOCK: "ends in a deadlock: nobody can go on",
    FATAL: "ends in a fatal error: {detail}",
    WRONG: "{detail}",
    BUDGET: "does not end",
    LEAK: "leaks {leaked}: it returns, and they never end",
    RACE: "has a data race on `{thing}`",
}


def _how_often(exploration: Exploration, kind: str) -> str:
    """` (3 of 41 schedules)`."""
    total = schedules(exploration)
    count, is_exact = how_many(exploration, kind)
    known = f"{count:,}" if is_exact else f"at least {count:,}"
    tried = "" if exploration.complete else " tried"
    if total == 1:
        return " (under its only schedule)" if exploration.complete else ""
    if count == total:
        return f" (in all {total:,} schedules{tried})"
    return f" (in {known} of {total:,} schedules{tried})"


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


def _besides(exploration: Exploration, failure: Failure, places: Places) -> list[str]:
    """A wrong value often comes of a data race: then that is what has to be understood."""
    races = [one for one in exploration.failures if one.kind == RACE]
    if failure.kind != WRONG or not races:
        return []
    found = races[0].replay().races
    return [f"There is a data race on `{found[0].object}`:", *race_told(found[0], places)]


def race_told(race: Race, places: Places) -> list[str]:
    """Who does what where, and that nothing orders the two."""
    lines = []
    for access in (race.first, race.second):
        where = Where(access.file, access.line, access.function)
        lines.append(f"{_accesses(access)} `{race.object}`, {places.name(where)}")
        lines += [quoted] if (quoted := places.quoted(where)) else []
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
    if not where.line:
        return []
    lines = [f"{culprit}, {places.name(where)}"]
    return lines + ([quoted] if (quoted := places.quoted(where)) else [])


def endless_told(result: Result, places: Places) -> list[str]:
    """Which loop it is that nothing ends: where most of the last steps were."""
    trace = trace_of(result)
    last = [event for event in trace.events[-500:] if event.line]
    if not last:
        return []
    counted: dict[tuple[str, int], int] = {}
    for event in last:
        counted[event.file, event.line] = counted.get((event.file, event.line), 0) + 1
    file, line = max(counted, key=lambda at: counted[at])
    where = Where(file, line, "")
    loop = places.loop_around(where)
    steps = f"It is still running after {trace.last_step:,} steps"
    if loop is None:
        return [f"{steps}, {places.name(where)}", places.quoted(where)]
    return [f"{steps}: nothing ends the loop on {places.name(loop)}", places.quoted(loop)]


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SCHEDULE else f"{text[: LONGEST_SCHEDULE - 1]}…"
