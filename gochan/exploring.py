"""Every schedule of a program: `explore`, and what it found.

The search is in `analysis.explore`; here are its words for a program, and how it shows itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .analysis.explore.search import Found, Plan, Search
from .analysis.explore.shorten import shorten
from .analysis.explore.split import SharedSearch
from .analysis.explore.tree import DPOR, NAIVE, PLAIN, SLEEP, USUAL
from .analysis.explore.verdict import LEAK, OK, RACE, WRONG, leak_text, message_of, race_text
from .analysis.findings import ranked, verdict
from .program import Result, record
from .progress import Bar
from .runtime.clock import SECOND
from .runtime.event import current
from .runtime.schedule import Schedule, ScheduleError
from .runtime.scheduler import Scheduler
from .runtime.words import check_function

SEARCHES = (DPOR, SLEEP, PLAIN, NAIVE)
CLOCKS = ("virtual", "any")


@dataclass(frozen=True)
class Failure:
    """One way in which the program goes wrong, with the schedule that has the fewest switches.

    `kind` and `detail` are as in `Exploration.outcomes`; `switches` is how often another goroutine
    goes on. `replay()` runs it again.
    """

    kind: str
    detail: str
    schedule: Schedule
    switches: int
    main: Callable[..., Any] = field(repr=False)
    args: tuple[Any, ...] = field(repr=False, default=())
    max_steps: int = field(repr=False, default=10_000)
    races: bool = field(repr=False, default=True)

    def replay(self) -> Result:
        """Runs the failing schedule again, with a trace.

        Raises ScheduleError if the program no longer is the one that failed.
        """
        result = record(
            self.main,
            *self.args,
            schedule=self.schedule,
            race=self.races,
            linger=math.inf,
            max_steps=self.max_steps,
        )
        if not self._is_same(result):
            raise ScheduleError(
                f"under this schedule the program ended with {self.kind}: {self.detail}; now it "
                f"doesn't ({result.summary()}): it was recorded from another program"
            )
        return result

    def _is_same(self, result: Result) -> bool:
        if self.kind == WRONG:
            return result.outcome == OK  # what it returned may have been changed since by others
        if self.kind == LEAK:
            return leak_text(result.leaked) == self.detail
        if self.kind == RACE:
            return self.detail in map(race_text, result.races)
        return (result.outcome, message_of(result.error)) == (self.kind, self.detail)

    def text(self) -> str:
        """The kind, the detail, and the schedule that shows it."""
        return f"{self.kind}: {self.detail}\n  schedule: {self.schedule}"

    def _ipython_display_(self) -> None:
        """What a notebook shows: the schedule, and its replay."""
        from .charts.show import show_failure  # noqa: PLC0415 - matplotlib takes a while to load

        show_failure(self)


class Path(NamedTuple):
    """One run through the tree of choices: who went at each, and what it came to."""

    names: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exploration:
    """What came of running a program under every schedule.

    `outcomes` counts the runs by kind and detail; a run is counted by how it ended, and also under
    "race" and "leak" if it shows them. `failures` has one for each that is not "ok", the worst
    first. `runs` counts all, also those that were given up because the rest would have come to
    what others had come to. `complete`: there is no other schedule. `notes` say what was left out;
    `paths` are the choices of the first 1,000 runs.
    """

    outcomes: Counter[tuple[str, str]]
    failures: list[Failure]
    runs: int
    complete: bool
    notes: list[str] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list, repr=False)

    @property
    def ok(self) -> bool:
        """Whether no schedule failed."""
        return not self.failures

    def text(self) -> str:
        """What was found: a sentence, the failures with their schedules, and what was left out."""
        lines = [verdict(self)]
        for (kind, detail), count in self.outcomes.items():
            if kind == OK:
                lines.append(f"{kind}: {detail} ({count:,} run{'s' if count != 1 else ''})")
        lines += [failure.text() for failure in self.failures]
        return "\n".join([*lines, *self.notes])

    def __str__(self) -> str:
        return self.text()

    def _ipython_display_(self) -> None:
        """What a notebook shows: the verdict, and the worst failure's timeline."""
        from .charts.show import show_exploration  # noqa: PLC0415 - as above

        show_exploration(self)


def explore(
    main: Callable[..., Any],
    /,
    *args: Any,
    max_runs: int = 20_000,
    max_steps: int = 10_000,
    seconds: float | None = None,
    total_steps: int | None = None,
    preemptions: int | None = None,
    races: bool = True,
    leaks: bool = True,
    expect: Any = None,
    executor: Executor | None = None,
    progress: Callable[[int, int, int], Any] | None = None,
    search: str = USUAL,
    clock: str = "virtual",
) -> Exploration:
    """Runs `main(*args)` under every schedule that can make a difference.

    Only gochan's own operations are seen: plain variables that goroutines share are not, a `Var` or
    `@shared` is.

    Parameters
    ----------
    max_runs, seconds, total_steps
        The budget of the whole search; `total_steps` are the operations of all its runs, and bound
        it on every machine at the same point. If the schedules are more, a fifth of it goes to
        schedules drawn by lot, and the result is not `complete`.
    max_steps
        So many operations a run may have; one that has more is of kind "budget".
    preemptions
        Only schedules in which a goroutine that could go on is interrupted at most so often.
    races, leaks
        Whether data races and leaked goroutines count.
    expect
        What main should return; or a function of its Result that returns whether it is right, or
        raises. It sees the Result as main leaves it.
    executor
        Shares the search: any `concurrent.futures.Executor`. `main`, `args` and `expect` must be
        such as it can send to where it runs them.
    progress
        Is called with the runs so far, `max_runs` and the number of failures; by default a long
        search shows a bar in a notebook.
    search
        "sleep" and "dpor" leave out schedules that come to the same: by sleep sets, or by dynamic
        partial-order reduction, which takes far fewer runs and is harder to get right. "plain"
        tries all orders of operations that could matter to others, "naive" all there are.
    clock
        "virtual": timers fire only when nobody can run. "any": the next timer may fire at any
        step, as if the rest were slow; then sleeping is no synchronisation.

    Raises ScheduleError if the program does something else when it is run again under one schedule;
    ValueError or TypeError for options that make no sense; RuntimeError inside a goroutine.

    Source: Godefroid 1990 (sleep sets); Flanagan and Godefroid, POPL 2005 (partial-order
    reduction); Burckhardt et al., ASPLOS 2010 (lots).
    """
    check_function(main, "a program is a function")
    if current() is not None:
        raise RuntimeError("a program is already running here: call explore(...) outside of it")
    if progress is not None and not callable(progress):
        raise TypeError(f"progress is a function, not {progress!r}")
    if executor is not None and not hasattr(executor, "submit"):
        raise TypeError(f"executor is a concurrent.futures.Executor, not {executor!r}")
    if executor is not None and total_steps is not None:
        raise ValueError("total_steps is counted in one process: give it without an executor")
    plan = Plan(
        main=main,
        args=args,
        max_runs=_count("max_runs", max_runs, 1),
        max_steps=_count("max_steps", max_steps, 1),
        seconds=_seconds(seconds),
        total_steps=math.inf if total_steps is None else _count("total_steps", total_steps, 1),
        preemptions=None if preemptions is None else _count("preemptions", preemptions, 0),
        races=bool(races),
        leaks=bool(leaks),
        expect=expect,
        reduction=_one_of("search", search, SEARCHES),
        any_time=_one_of("clock", clock, CLOCKS) == "any",
        result_of=result_of,
        progress=progress,
    )
    if progress is None:
        with Bar() as bar:
            plan.progress = bar
            return _explored(plan, executor)
    return _explored(plan, executor)


def _explored(plan: Plan, executor: Executor | None) -> Exploration:
    search = Search(plan) if executor is None else SharedSearch(plan, executor)
    found = search.run()
    shorten(plan, found)
    failures = _failures(plan, found)
    return Exploration(
        Counter({(kind, detail): count for (kind, detail), count in found.outcomes.items()}),
        [failures[index] for index in ranked(failures)],
        found.runs,
        found.complete,
        found.notes,
        [Path(names, outcomes) for names, outcomes in found.paths],
    )


def _failures(plan: Plan, found: Found) -> list[Failure]:
    return [
        Failure(
            outcome.kind,
            outcome.detail,
            schedule,
            switches,
            plan.main,
            plan.args,
            plan.max_steps,
            plan.races,
        )
        for outcome, (switches, _, schedule) in found.best.items()
        if outcome.kind != OK
    ]


def result_of(run: Scheduler, value: Any) -> Result:
    """What `expect` sees: the Result as it would be if the program ended with main."""
    return Result(
        value=value,
        outcome=OK,
        error=None,
        elapsed=run.clock.now / SECOND,
        goroutines=run.started,
        left=[],
        leaked=[],
        schedule=run.schedule,
        output=run.output.text if run.output is not None else "",
        polled=run.polling.jumps,
    )


def _count(name: str, value: Any, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if value < least:
        raise ValueError(f"{name} is a whole number from {least} on, not {value!r}")
    return value


def _seconds(value: Any) -> float:
    if value is None:
        return math.inf
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"seconds is a number, not {value!r}")
    if not value >= 0:
        raise ValueError(f"seconds is a number from 0 on, not {value!r}")
    return float(value)


def _one_of(name: str, value: Any, words: tuple[str, ...]) -> str:
    if value not in words:
        *others, last = [f'"{word}"' for word in words]
        raise ValueError(f"{name} is {', '.join(others)} or {last}, not {value!r}")
    return str(value)


__all__ = ["Exploration", "Failure", "Path", "explore"]
