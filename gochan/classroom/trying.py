"""A solution in one case: the program that runs, its first two runs, and all the others.

Budgets are counted in operations, so the verdict is the same on every machine.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ..analysis.explore.verdict import BUDGET, OK, leak_text, message_of
from ..exploring import Exploration, explore
from ..program import Result, record
from ..runtime.event import EXIT
from ..runtime.goroutine import function_name
from ..runtime.schedule import Schedule, ScheduleError
from ..trace.trace import Trace
from .cases import Case
from .judging import Judge, complaint
from .leftovers import Leftovers
from .places import lines_of
from .sampling import sampled
from .task import Task
from .values import brief

MOST_STEPS = 50_000  # of the first run: who only looks needs many until the clock jumps
FEWEST_STEPS = 1_000  # that a run may have when every schedule is tried
TIMES_LONGER = 20  # than the first run it may be
CROWD = 35  # with so many goroutines an operation of a search takes twice as long as with few
SAMPLES_FOR_A_RUN = 3  # of a search: they are quicker
FEWEST_RUNS = 20  # of a search: a program of which there could be fewer is sampled


class Program:
    """What runs as main: the student's function, or the program around it, on fresh arguments."""

    def __init__(self, task: Task, case: Case) -> None:
        around = task.around
        self.call = case.call(task.name)
        if around is not None:
            self.call = case.call(function_name(around), task.name)
        self._task = task
        self._case = case

    def __call__(self) -> Any:
        """One run."""
        self._task.watchdog.look_at(self.call)
        task, args = self._task, self._case.fresh_args()
        if task.around is not None:
            return task.around(task.solution, *args)
        return task.solution(*args)


class Attempt(NamedTuple):
    """One run: its Result, and what it came to, in words of that moment.

    `value` is what it returned, "" if it ended otherwise; `complaint` says what is wrong with
    that, None if nothing is.
    """

    result: Result
    came_to: str
    value: str
    complaint: str | None
    steps: int


class Trial:
    """One case: its first two runs, first come, first served, and then all that can be reached.

    When main has returned, the others go on until nobody can.
    """

    def __init__(self, task: Task, case: Case) -> None:
        self.task = task
        self.case = case
        self.program = Program(task, case)
        self.call = self.program.call
        self.judge = Judge(case.expect, task.within)
        self.leftovers = Leftovers(task.solution)
        self.first = self._attempt()
        self.second = self.first if self.is_endless else self._attempt()

    @property
    def is_endless(self) -> bool:
        """Whether the first run had to be stopped, and that counts."""
        return self.first.result.outcome == BUDGET or (self.task.leaks and self.goes_on)

    @property
    def goes_on(self) -> bool:
        """Whether others went on for ever after main had returned."""
        result = self.first.result
        return result.outcome == OK and bool(result.left) and not result.leaked

    def _attempt(self) -> Attempt:
        result = record(self.program, linger=math.inf, race=self.task.races, max_steps=MOST_STEPS)
        steps = _steps_of_main(trace_of(result))
        if result.outcome != OK:
            return Attempt(result, came_to(result), "", None, steps)
        wrong = complaint(self.case.expect, result)
        return Attempt(result, came_to(result), brief(result.value), wrong, steps)

    def under_every_schedule(self, total: int) -> Exploration:
        """All schedules that can be reached with `total` operations."""
        steps, many = self.first.steps, self.first.result.goroutines
        affordable = int(total / (1 + (many / CROWD) ** 2))
        if affordable < FEWEST_RUNS * steps:
            return sampled(
                self.program,
                self.judge,
                runs=SAMPLES_FOR_A_RUN * total // steps,
                max_steps=MOST_STEPS,
                races=self.task.races,
                leaks=self.task.leaks,
            )
        return explore(
            self.program,
            expect=self.judge,
            max_runs=affordable,
            max_steps=max(FEWEST_STEPS, TIMES_LONGER * steps),
            total_steps=affordable,
            races=self.task.races,
            leaks=self.task.leaks,
            progress=_no_bar,
        )

    def wrong_again(self, schedule: Schedule) -> Result:
        """A run whose value was wrong, once more, to the moment when main returns.

        Raises ScheduleError if the value is right now.
        """
        result = record(self.program, schedule=schedule, max_steps=MOST_STEPS)
        if result.outcome != OK or self.judge.complaint(result) is None:
            raise ScheduleError("under this schedule the value was wrong before")
        return result

    def started_by_solution(self) -> int:
        """How many goroutines the first run started, without those of the check's program."""
        others = lines_of(self.task.around)
        facts = trace_of(self.first.result).goroutines
        started = [one for one in facts if one.id != 1 and one.line]
        return sum((one.file, one.line) not in others for one in started)


def _steps_of_main(trace: Trace) -> int:
    """How many there were until main returned, or until the end; at least 1."""
    exits = [event.step for event in trace.events if event.kind == EXIT]
    return max(1, *exits, 0 if exits else trace.last_step)


def came_to(result: Result) -> str:
    """`returns [1, 2]`, `panics: ...`."""
    if result.outcome == OK:
        leaked = f" and leaves {leak_text(result.leaked)} behind" if result.leaked else ""
        return f"returns {brief(result.value)}{leaked}"
    return f"ends with {result.outcome}: {message_of(result.error)}"


def trace_of(result: Result) -> Trace:
    """Its trace, which it was asked for."""
    assert result.trace is not None
    return result.trace


def _no_bar(runs: int, max_runs: int, failures: int) -> None:
    """A check leaves nothing in its cell but what it says."""
