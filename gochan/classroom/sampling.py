"""A program too large to be searched: its ordinary run, and some under random schedules.

A search asks before every operation who could go next, which takes long if there are many.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

from ..analysis.explore.verdict import (
    LEAK,
    OK,
    RACE,
    WRONG,
    leak_text,
    message_of,
    race_text,
    shown,
)
from ..analysis.findings import ranked
from ..exploring import Exploration, Failure
from ..program import Result, record
from ..runtime.schedule import Schedule
from .judging import Judge

Outcome = tuple[str, str]  # kind and detail
MOST_RUNS = 50


def sampled(
    program: Callable[[], Any],
    judge: Judge,
    *,
    runs: int,
    max_steps: int,
    races: bool,
    leaks: bool,
) -> Exploration:
    """What some runs come to, in the form of a search: first come, then under one seed each."""
    outcomes: Counter[Outcome] = Counter()
    failures: dict[Outcome, Failure] = {}
    count = max(2, min(MOST_RUNS, runs))
    for number in range(count):
        schedule = Schedule(seed=number - 1 if number else None)
        value = record(program, schedule=schedule, race=races, max_steps=max_steps)
        found = _came_to(value, judge)
        if leaks and value.left:
            found += _leaks(
                record(program, schedule=schedule, max_steps=max_steps, linger=math.inf)
            )
        outcomes.update(found)
        for kind, detail in found:
            if kind != OK:
                one = Failure(kind, detail, schedule, 0, program, (), max_steps, races)
                failures.setdefault((kind, detail), one)
    listed = list(failures.values())
    return Exploration(outcomes, [listed[at] for at in ranked(listed)], count, complete=False)


def _came_to(result: Result, judge: Judge) -> list[Outcome]:
    """How a run ended, as main leaves it, and its races."""
    if result.outcome != OK:
        found = [(result.outcome, message_of(result.error))]
    else:
        complaint = judge.complaint(result)
        found = [(OK, shown(result.value)) if complaint is None else (WRONG, complaint)]
    return found + [(RACE, race_text(race)) for race in result.races]


def _leaks(result: Result) -> list[Outcome]:
    """Of the same run, when nobody can go on any more."""
    leaked = result.leaked if result.outcome == OK else []
    return [(LEAK, leak_text(leaked))] if leaked else []
