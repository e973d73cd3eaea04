"""A run that does not end: which loop it is that nothing ends."""

from __future__ import annotations

import math
from collections import Counter

from ..program import Result, record
from ..runtime.source import Where
from .places import Places
from .stuck import named
from .task import Task
from .told import Told
from .trying import Trial, trace_of
from .watchdog import Bite

NO_OPERATION = "Nobody else can run meanwhile: it comes to no send, receive, lock or sleep"
FEW_STEPS = 60  # of a run without end are drawn
LAST_EVENTS = 500  # are looked at


def endless(trial: Trial) -> Told:
    """What is said of a first run that was stopped; the picture shows how it begins."""
    end = "returns, but not all that it started ends" if trial.goes_on else "does not end"
    lines = [f"{trial.call} {end}", *loop_told(trial.first.result, trial.task.places)]
    beginning = record(trial.program, max_steps=FEW_STEPS, linger=math.inf)
    return Told("\n".join(lines), beginning.trace)


def loop_told(result: Result, places: Places) -> list[str]:
    """Which loop it is: where most of the last steps were."""
    trace = trace_of(result)
    last = (event for event in trace.events[-LAST_EVENTS:] if event.line)
    counted = Counter((event.goroutine, event.file, event.line) for event in last)
    if not counted:
        return []
    (number, file, line), _ = counted.most_common(1)[0]
    where = Where(file, line, "")
    stack = next((info.stack for info in result.left if info.id == number), ())
    loop = places.loop_around([where, *stack])
    facts = [one for one in trace.goroutines if one.id == number]
    text = f"{named(facts)} is still running after {trace.last_step:,} steps"
    if loop is None:
        return [f"{text}, {places.name(where)}", *places.quoted(where)]
    return [f"{text}: nothing ends the loop on {places.name(loop)}", *places.quoted(loop)]


def busy(task: Task, bite: Bite) -> Told:
    """What is said of a goroutine that goes round and round, and meets no operation of gochan."""
    where = task.places.best(bite.stack)
    loop = task.places.loop_around(bite.stack)
    text = f"{bite.call} does not go on, {task.places.name(where)}"
    if loop is not None:
        text = f"{bite.call} does not end: nothing ends the loop on {task.places.name(loop)}"
    return Told("\n".join([text, *task.places.quoted(loop or where), NO_OPERATION]))
