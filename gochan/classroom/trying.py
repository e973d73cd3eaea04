"""A solution in one case: the program that runs, what is said of what it returns, and its runs.

Budgets are counted in operations, so the verdict is the same on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..analysis.explore.verdict import shown
from ..exploring import Exploration, explore
from ..program import Result, record
from ..trace.trace import Trace
from .cases import Case
from .places import lines_of
from .values import difference

MOST_STEPS = 50_000  # of the first run: who only looks needs many until the clock jumps
FEWEST_STEPS = 1_000  # that a run may have when every schedule is tried
TIMES_LONGER = 20  # than the first run it may be
MOST_SAID = 4  # different complaints, each of which is looked into


@dataclass(frozen=True)
class Task:
    """What is checked; see `check`."""

    solution: Any
    name: str
    around: Callable[..., Any] | None
    cases: tuple[Case, ...]
    goroutines: int
    within: float
    without: tuple[str, ...]
    races: bool
    leaks: bool


class Program:
    """What runs as main: the student's function, or the program around it, on fresh arguments."""

    def __init__(self, task: Task, case: Case) -> None:
        self._task = task
        self._case = case

    def __call__(self) -> Any:
        """One run."""
        task, args = self._task, self._case.fresh_args()
        if task.around is not None:
            return task.around(task.solution, *args)
        return task.solution(*args)


class Complaint(Exception):
    """What is wrong with what came back; `explore` takes its text."""


class Judge:
    """Says of each run's Result what is wrong with it.

    Runs go wrong in a hundred ways that differ in a value; only the first few are told apart.
    """

    def __init__(self, case: Case, within: float) -> None:
        self._expect = case.expect
        self._within = within
        self._said: list[str] = []

    def __call__(self, result: Result) -> bool:
        """True.

        Raises Complaint if it is wrong.
        """
        text = self.complaint(result)
        if text is None:
            return True
        if text not in self._said:
            if len(self._said) == MOST_SAID:
                raise Complaint(self._said[-1])
            self._said.append(text)
        raise Complaint(text)

    def complaint(self, result: Result) -> str | None:
        """What is wrong, None if nothing is."""
        text = self._about_value(result)
        if text is None and result.elapsed > self._within:
            text = (
                f"takes {result.elapsed:g} s of program time, and may take {self._within:g} s at "
                "most: what could happen at the same time happens one after the other"
            )
        return text

    def _about_value(self, result: Result) -> str | None:
        expect = self._expect
        if not callable(expect):
            return difference(result.value, expect)
        back = f"returns {shown(result.value)}"
        try:
            said = expect(result)
        except Exception as error:  # noqa: BLE001 - made for right values, it raises what it likes
            return f"{back}, which is no such value as is expected ({error})"
        if said is None or said is True:
            return None
        return said if isinstance(said, str) else f"{back}, which is wrong"


class Trial:
    """One case: what came of the first run, and then of all that can be reached.

    `first` is first come, first served, with a trace; when main has returned, the others go on
    until nobody can.
    """

    def __init__(self, task: Task, case: Case) -> None:
        self.task = task
        self.case = case
        self.call = case.call(task.name)
        self.program = Program(task, case)
        self.first = record(self.program, linger=math.inf, race=task.races, max_steps=MOST_STEPS)
        self.steps = max(1, trace_of(self.first).last_step)

    def under_every_schedule(self, total: int) -> Exploration:
        """All schedules that can be reached with `total` operations."""
        return explore(
            self.program,
            expect=Judge(self.case, self.task.within),
            max_runs=total,
            max_steps=max(FEWEST_STEPS, TIMES_LONGER * self.steps),
            total_steps=total,
            races=self.task.races,
            leaks=self.task.leaks,
            progress=_no_bar,
        )


def trace_of(result: Result) -> Trace:
    """Its trace, which it was asked for."""
    assert result.trace is not None
    return result.trace


def started_by_solution(trial: Trial) -> int:
    """How many goroutines the first run started on lines of other code than the check's program."""
    others = lines_of(trial.task.around)
    started = [one for one in trace_of(trial.first).goroutines if one.id != 1 and one.line]
    return sum((one.file, one.line) not in others for one in started)


def _no_bar(runs: int, max_runs: int, failures: int) -> None:
    """A check leaves nothing in its cell but what it says."""
