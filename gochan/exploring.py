"""Every schedule of a program: `explore`, and what it found.

The search is in `analysis.explore`; here are its words for a program, and how it shows itself.
"""

from __future__ import annotations

import math
import time as wall_time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .analysis.explore.search import Plan, Search
from .analysis.explore.tree import DPOR, NAIVE, PLAIN, SLEEP
from .analysis.explore.verdict import OK, Outcome
from .program import Result, record
from .runtime.schedule import Schedule, ScheduleError
from .runtime.words import check_function

SEARCHES = (DPOR, SLEEP, PLAIN, NAIVE)


@dataclass(frozen=True)
class Failure:
    """One way in which the program goes wrong, with the schedule that has the fewest switches.

    `kind` and `detail` are as in `Exploration.outcomes`; `replay()` runs it again.
    """

    kind: str
    detail: str
    schedule: Schedule
    switches: int
    main: Callable[..., Any] = field(repr=False)
    args: tuple[Any, ...] = field(repr=False)

    def replay(self) -> Result:
        """Runs the failing schedule again, with a trace."""
        return record(
            self.main, *self.args, schedule=self.schedule, race=True, linger=math.inf
        )

    def text(self) -> str:
        """The kind, the detail and the schedule."""
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
    """What came of running a program under every schedule."""

    outcomes: Counter[tuple[str, str]]
    failures: list[Failure]
    runs: int
    complete: bool
    paths: list[Path] = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether no schedule failed."""
        return not self.failures

    def text(self) -> str:
        """What was found, in a few lines."""
        return "\n".join(f"{count} x {kind}: {detail}" for (kind, detail), count in self.outcomes.items())

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
    preemptions: int | None = None,
    races: bool = True,
    leaks: bool = True,
    expect: Any = None,
    executor: Executor | None = None,
    progress: Callable[..., Any] | None = None,
    search: str = DPOR,
    clock: str = "virtual",
) -> Exploration:
    """Runs `main(*args)` under every schedule that can make a difference."""
    check_function(main, "a program is a function")
    plan = Plan(
        main=main,
        args=args,
        max_runs=max_runs,
        max_steps=max_steps,
        deadline=math.inf if seconds is None else wall_time.monotonic() + seconds,
        races=races,
        leaks=leaks,
        expect=expect,
        reduction=search,
        any_time=clock == "any",
    )
    found = Search(plan).run()
    failures = [
        Failure(outcome.kind, outcome.detail, schedule, switches, main, args)
        for outcome, (switches, _, schedule) in found.best.items()
        if outcome.kind != OK
    ]
    return Exploration(
        Counter({tuple(key): count for key, count in found.outcomes.items()}),
        failures,
        found.runs,
        found.complete,
        [Path(names, outcomes) for names, outcomes in found.paths],
    )
