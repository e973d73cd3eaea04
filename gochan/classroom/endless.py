"""A run that does not end: which loop it is that nothing ends."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from ..program import Result, record
from ..runtime import event as kinds
from ..runtime.source import Where
from ..trace.trace import Trace
from .places import Places
from .stuck import named
from .task import Task
from .told import Told
from .trying import Trial, trace_of
from .watchdog import Bite

NO_OPERATION = "Nobody else can run meanwhile: it comes to no send, receive, lock or sleep"
FEW_STEPS = 60  # of a run without end are drawn
WAIT_INSTEAD = "Wait in a recv, or in a select without default"
ENDS = (kinds.END, kinds.EXIT)
CROWD = 1_000  # goroutines
LAST_EVENTS = 500  # are looked at


def endless(trial: Trial) -> Told:
    """What is said of a first run that was stopped; the picture shows how it begins."""
    end = "returns, but not all that it started ends" if trial.goes_on else "does not end"
    lines = [f"{trial.call} {end}", *loop_told(trial.first.result, trial.task.places)]
    return Told("\n".join(lines), _beginning(trial))


def _beginning(trial: Trial) -> Trace | None:
    return record(trial.program, max_steps=FEW_STEPS, linger=math.inf).trace


def spinning(trial: Trial) -> Told:
    """What is said of a loop that only looks, until the clock moves on without it."""
    places = trial.task.places
    lines = [f"{trial.call} waits by looking again and again, which keeps a processor busy"]
    spot = _spot(trial.first.result, places)
    if spot is not None:
        lines += [f"{spot.who} goes round and round, {places.name(spot.where)}"]
        lines += places.quoted(spot.where)
    return Told("\n".join([*lines, WAIT_INSTEAD]), _beginning(trial))


def loop_told(result: Result, places: Places) -> list[str]:
    """Which loop it is that nothing ends."""
    spot = _spot(result, places)
    if spot is None:
        return []
    text = f"{spot.who} is still running after {trace_of(result).last_step:,} steps"
    if result.goroutines > CROWD:
        text = f"{result.goroutines:,} goroutines were started, and there is no end of it"
    if spot.is_loop:
        text += f": nothing ends the loop on {places.name(spot.where)}"
    else:
        text += f", {places.name(spot.where)}"
    return [text, *places.quoted(spot.where)]


class Spot(NamedTuple):
    """Who did most of the last steps, and where: the line of the loop, if it is known."""

    who: str
    where: Where
    is_loop: bool


def _spot(result: Result, places: Places) -> Spot | None:
    trace = trace_of(result)
    last = [event for event in trace.events if event.line and event.kind not in ENDS]
    counted = Counter((one.goroutine, one.file, one.line) for one in last[-LAST_EVENTS:])
    if not counted:
        return None
    (number, file, line), _ = counted.most_common(1)[0]
    where = Where(file, line, "")
    stack = next((info.stack for info in result.left if info.id == number), ())
    loop = places.loop_around([where, *stack])
    who = named([one for one in trace.goroutines if one.id == number])
    return Spot(who, loop or where, loop is not None)


def busy(task: Task, bite: Bite) -> Told:
    """What is said of a goroutine that goes round and round, and meets no operation of gochan."""
    where = task.places.best(bite.stack)
    loop = task.places.loop_around(bite.stack)
    text = f"{bite.call} does not go on, {task.places.name(where)}"
    if loop is not None:
        text = f"{bite.call} does not end: nothing ends the loop on {task.places.name(loop)}"
    return Told("\n".join([text, *task.places.quoted(loop or where), NO_OPERATION]))
