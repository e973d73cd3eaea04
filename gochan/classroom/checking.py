"""`check`: is a solution right under every schedule, and if not, what goes wrong?"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..analysis.explore.verdict import BUDGET
from ..analysis.findings import schedules
from ..runtime.event import current
from ..runtime.goroutine import function_name
from .cases import Case
from .not_yet import NotYet
from .places import Places
from .refusals import refused, too_few_goroutines
from .showing import show
from .telling import Told, endless, failed
from .trying import Task, Trial

TOTAL_STEPS = 40_000  # operations of all runs: about 1.6 s on a machine of 2020


def check(
    solution: Any,
    /,
    *cases: Case,
    program: Callable[..., Any] | None = None,
    goroutines: int = 0,
    within: float | None = None,
    without: tuple[str, ...] = (),
    races: bool = True,
    leaks: bool = True,
) -> None:
    """Runs a solution under every schedule that can be reached, in each of the cases.

    Prints one line if it is right. If it isn't, the failing run is shown as a timeline and a
    Player, and NotYet is raised. The budget is counted in operations, so that the verdict is the
    same on every machine: it takes about two seconds at most.

    Parameters
    ----------
    solution
        The student's function.
    *cases
        What it is given and what is expected, made by `case`; at least one.
    program
        A function `around(solution, *args)` that runs as main; what it returns is compared. Without
        it the solution runs as main itself.
    goroutines
        How many the solution must start at least, in the case in which it starts most.
    within
        The most program seconds that a run may take.
    without
        Names that the solution may not use.
    races, leaks
        Whether data races and leaked goroutines are failures.

    Raises NotYet, a text for the student; TypeError and ValueError if it is called wrongly.
    """
    if current() is not None:
        raise RuntimeError("a program is already running here: call check(...) outside of it")
    if not cases:
        raise ValueError("check needs at least one case(...)")
    task = Task(
        solution=solution,
        name=function_name(solution) if callable(solution) else "the solution",
        around=program,
        cases=cases,
        goroutines=goroutines,
        within=math.inf if within is None else float(within),
        without=tuple(without),
        races=races,
        leaks=leaks,
    )
    told = _first_failure(task)
    if isinstance(told, Told):
        raise NotYet(told.text, is_shown=show(told.text, told.trace))
    print(told)  # noqa: T201 - what a check says when all is well


def _first_failure(task: Task) -> Told | str:
    """What is told of the first thing that is wrong; else the line that says all is well."""
    refusal = refused(task)
    if refusal is not None:
        return Told(refusal, None)
    places = Places(task.solution, task.around)
    trials = [Trial(task, case) for case in task.cases]
    for trial in trials:
        if trial.first.outcome == BUDGET:
            return endless(trial, places)
    steps_left, runs, is_complete = TOTAL_STEPS, 0, True
    for number, trial in enumerate(trials):
        share = steps_left // (len(trials) - number)
        found = trial.under_every_schedule(share)
        if not found.ok:
            return failed(trial, found, places)
        runs += schedules(found)
        is_complete = is_complete and found.complete
        steps_left -= min(share, found.runs * trial.steps)
    few = too_few_goroutines(task, trials)
    return Told(few, None) if few else _all_well(len(trials), runs, is_complete)


def _all_well(cases: int, runs: int, is_complete: bool) -> str:
    what = f"{cases} case{'s' if cases != 1 else ''}"
    count = f"{runs:,} schedule{'s' if runs != 1 else ''}"
    if is_complete:
        return f"Right under every schedule: {what}, {count}."
    return f"Right in all {count} that were tried, {what}; there are more."
