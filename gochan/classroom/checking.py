"""`check`: is a solution right under every schedule, and if not, what goes wrong?"""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr
from typing import Any

from ..analysis.findings import schedules
from ..runtime.event import current
from ..runtime.goroutine import function_name
from ..runtime.schedule import ScheduleError
from .cases import Case
from .endless import busy, endless, spinning
from .not_yet import NotYet
from .refusals import always_the_same, refused, too_few_goroutines
from .repeating import is_unsteady, why_unsteady
from .showing import show
from .task import Task, check_task, names_in, seconds_in
from .telling import failed
from .told import Told
from .trying import Trial, trace_of
from .watchdog import Watchdog

TOTAL_STEPS = 20_000  # operations of all runs: about a second, on the machines of 2025


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

    Only gochan's own operations are seen: plain variables that goroutines share are not, a `Var` or
    `@shared` is.

    Parameters
    ----------
    solution
        The student's function; with a program it may be a class.
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
        Names that the solution may not use: `sleep` also as `time.sleep`, and imported by another
        name; `time.sleep` only as that. The solution is the function, those inside it, and what it
        uses of its own cell.
    races, leaks
        Whether data races and leaked goroutines are failures.

    Raises NotYet, a text for the student; TypeError and ValueError if it is called wrongly.
    """
    if current() is not None:
        raise RuntimeError("a program is already running here: call check(...) outside of it")
    task = Task(
        solution=solution,
        name=function_name(solution) if callable(solution) else "the solution",
        around=program,
        cases=cases,
        goroutines=goroutines,
        within=seconds_in(within),
        without=names_in(without),
        races=bool(races),
        leaks=bool(leaks),
        watchdog=Watchdog(),
    )
    check_task(task)
    told = _watched(task)
    if isinstance(told, Told):
        raise NotYet(told.text, is_shown=show(told.text, told.trace))
    print(told)  # noqa: T201 - what a check says when all is well


class Nowhere(io.TextIOBase):
    """Where goes what a solution writes to standard error, which nbgrader gives no points for."""

    def write(self, text: str) -> int:
        """Takes it, and that is all."""
        return len(text)


def _watched(task: Task) -> Told | str:
    """What is told, also of a run that comes to no operation any more."""
    watchdog = task.watchdog
    try:
        with watchdog, redirect_stderr(Nowhere()):
            return _outcome(task)
    except KeyboardInterrupt:
        if watchdog.bite is None:
            raise
    return busy(task, watchdog.bite)


def _outcome(task: Task) -> Told | str:
    """What is told of the first thing that is wrong; else the line that says all is well."""
    text = refused(task)
    if text is not None:
        return Told(text)
    trials = []
    for case in task.cases:
        trials.append(Trial(task, case))
        told = _from_first_runs(trials[-1])
        if told is not None:
            return told
    return always_the_same(task, trials) or _under_every_schedule(task, trials)


def _from_first_runs(trial: Trial) -> Told | None:
    """What can be told of a case without trying other schedules."""
    if trial.first.result.polled:
        return spinning(trial)
    if trial.is_endless:
        return endless(trial)
    return Told(why_unsteady(trial.task, trial)) if is_unsteady(trial) else None


def _under_every_schedule(task: Task, trials: list[Trial]) -> Told | str:
    steps, runs, is_complete = TOTAL_STEPS, 0, True
    for number, trial in enumerate(trials):
        share = steps // (len(trials) - number)
        try:
            found = trial.under_every_schedule(share)
            if not found.ok:
                return failed(trial, found)
        except ScheduleError:
            return Told(why_unsteady(task, trial))
        runs += schedules(found)
        is_complete = is_complete and found.complete
        steps -= min(share, found.runs * trial.first.steps)
    few = too_few_goroutines(task, trials)
    if few is not None:
        return Told(few, trace_of(trials[0].first.result))
    return _all_well(len(trials), runs, is_complete)


def _all_well(cases: int, runs: int, is_complete: bool) -> str:
    what = f"{cases} case{'s' if cases != 1 else ''}"
    count = f"{runs:,} schedule{'s' if runs != 1 else ''}"
    if is_complete:
        return f"Right under every schedule: {what}, {count}."
    return f"Right in all {count} that were tried, {what}; there are more."
