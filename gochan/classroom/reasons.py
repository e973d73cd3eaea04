"""Why a value came out wrong or late, as far as the run that shows it can tell."""

from __future__ import annotations

import re

from ..analysis.explore.verdict import RACE, WRONG, race_text
from ..analysis.race import Access, Race
from ..exploring import Exploration, Failure
from ..program import Result
from ..runtime import event as kinds
from ..runtime.source import Where
from ..trace.trace import Trace
from .judging import TOO_LONG
from .places import Places
from .stuck import named
from .trying import Trial, trace_of

ONE_BY_ONE = "What could happen at the same time happens one after the other"


def reasons(trial: Trial, exploration: Exploration, result: Result) -> list[str]:
    """What is known of why the first failure's value is wrong; `result` is its replay."""
    failure, places = exploration.failures[0], trial.task.places
    if failure.kind != WRONG:
        return []
    if failure.detail.startswith(TOO_LONG.split("{", 1)[0]):
        started = trial.started_by_solution()
        return [ONE_BY_ONE if started else f"It starts no goroutine: {ONE_BY_ONE.lower()}"]
    races = [one for one in exploration.failures if one.kind == RACE]
    if races:
        race = the_race(races[0], races[0].replay())
        return [f"There is a data race on `{race.object}`:", *race_told(race, places)]
    trace = trace_of(result)
    return _zero_values(trace, failure.detail, places) or _not_done(trace)


def _zero_values(trace: Trace, complaint: str, places: Places) -> list[str]:
    """A value that nobody sent, out of a closed channel."""
    extra = re.search(r"(?:missing, |: )(.*) (?:is|are) too many", complaint)
    values = re.split(r", | and ", extra[1]) if extra else []
    for event in trace.events:
        if event.kind == kinds.RECV_CLOSED and event.value in values and event.line:
            where = Where(event.file, event.line, "")
            text = (
                f"Nobody sent that {event.value}: `{event.object}` is closed, {places.name(where)}"
            )
            return [text, *places.quoted(where)]
    return []


def _not_done(trace: Trace) -> list[str]:
    """Who had still something to do when main returned."""
    at = next((at for at, one in enumerate(trace.events) if one.kind == kinds.EXIT), None)
    if at is None:
        return []
    before = {event.goroutine for event in trace.events[:at]}
    after = {
        event.goroutine
        for event in trace.events[at:]
        if event.kind not in (kinds.RUN, kinds.READY, kinds.END, kinds.EXIT)
    }
    late = [
        facts
        for facts in trace.goroutines
        if facts.id in after or facts.ended is None or facts.id not in before
    ]
    if not late:
        return []
    return [f"When main returned, {named(late)} {'was' if len(late) == 1 else 'were'} not done yet"]


def the_race(failure: Failure, result: Result) -> Race:
    """The one that a failure is about; `result` is its replay."""
    return next(race for race in result.races if race_text(race) == failure.detail)


def race_told(race: Race, places: Places) -> list[str]:
    """Who does what where, and that nothing orders the two."""
    lines = []
    for access in (race.first, race.second):
        text, where = _accesses(access)
        lines.append(f"{text} `{race.object}`, {places.name(where)}")
        if not access.line:  # `go(jobs.close)` has no line of its own
            where = Where(access.created_file, access.created_line, "")
            lines[-1] = f"{text} `{race.object}`; it was started on {places.name(where)}"
        lines += places.quoted(where)
    return [*lines, "No lock, channel or WaitGroup says which of the two comes first"]


def _accesses(access: Access) -> tuple[str, Where]:
    text = f"goroutine {access.goroutine} ({access.name}) {access.kind}s"
    return text, Where(access.file, access.line, access.function)
