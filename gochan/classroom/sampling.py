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
        result = record(
            program, schedule=schedule, race=races, max_steps=max_steps, linger=math.inf
        )
        found = _came_to(value, result, judge, leaks=leaks)
        outcomes.update(found)
        for kind, detail in found:
            if kind != OK:
                one = Failure(kind, detail, schedule, 0, program, (), max_steps, races)
                failures.setdefault((kind, detail), one)
    listed = list(failures.values())
    return Exploration(outcomes, [listed[at] for at in ranked(listed)], count, complete=False)


def _came_to(value: Result, result: Result, judge: Judge, *, leaks: bool) -> list[Outcome]:
    """How a run ended, and what else was wrong; `value` is the same run as main leaves it."""
    if value.outcome != OK:
        found = [(value.outcome, message_of(value.error))]
    else:
        complaint = judge.complaint(value)
        found = [(OK, shown(value.value)) if complaint is None else (WRONG, complaint)]
    if leaks and result.outcome == OK and result.leaked:
        found.append((LEAK, leak_text(result.leaked)))
    return found + [(RACE, race_text(race)) for race in value.races]
