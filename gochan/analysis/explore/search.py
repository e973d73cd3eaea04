"""The search: one run after the other, until the tree is done or the budget is."""

from __future__ import annotations

import math
import time as wall_time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...runtime.output import Output, routed
from ...runtime.schedule import Schedule
from ...runtime.scheduler import Scheduler
from ...trace.recorder import Recorder
from ..race import Race, races
from .operations import Restart, World
from .reversal import plan
from .tree import DPOR, SLEEP, Tree
from .verdict import BUDGET, Expectation, Outcome, outcomes_of
from .walker import Guide, Names, NotTheSame, Pruned, Walker

ENDS_PROGRAM = ("panic", "fatal")
MOST_PATHS = 1_000  # are kept for a picture


@dataclass
class Plan:
    """What is searched, and how far; see `gochan.explore`."""

    main: Callable[..., Any]
    args: tuple[Any, ...] = ()
    max_runs: int = 20_000
    max_steps: int = 10_000
    deadline: float = math.inf
    races: bool = True
    leaks: bool = True
    expect: Any = None
    reduction: str = DPOR
    any_time: bool = False
    result_of: Callable[[Scheduler, Any], Any] = lambda run, value: value


@dataclass
class Found:
    """What came of a search."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    best: dict[Outcome, tuple[int, int, Schedule]] = field(default_factory=dict)
    paths: list[tuple[tuple[str, ...], tuple[Outcome, ...]]] = field(default_factory=list)
    runs: int = 0
    complete: bool = False

    def add(self, outcome: Outcome, switches: int, choices: list[str]) -> None:
        """Counts an outcome, and keeps the schedule with the fewest switches that led to it."""
        self.outcomes[outcome] += 1
        size = switches, len(choices)
        if outcome not in self.best or size < self.best[outcome][:2]:
            self.best[outcome] = (*size, Schedule(choices=tuple(choices)))


class Search:
    """Runs one program again and again."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.found = Found()
        self.names = Names()
        self.world = World()
        self.world.looks_at_output = callable(plan.expect)

    def run(self) -> Found:
        """All schedules, as far as the budget goes."""
        with routed:
            while not self._through_the_tree():
                self.found = Found(runs=self.found.runs)
        return self.found

    def _through_the_tree(self) -> bool:
        """False if it has to be done again, because the program looks at more than was thought."""
        tree = Tree(self._reduction())
        cut = False
        while self.found.runs < self.plan.max_runs and wall_time.monotonic() < self.plan.deadline:
            tree.begin()
            run, walker = self.once(tree)
            if isinstance(walker.reason, Restart):
                return False
            is_stopped = run.stopped is not None and walker.reason is None
            ended = run.outcome in ENDS_PROGRAM or is_stopped
            if tree.reduction == DPOR:
                plan(walker, tree.fresh, ended)
            tree.end(walker, ended)
            cut = cut or run.ended_by == BUDGET
            if not tree.next():
                self.found.complete = not cut
                break
        return True

    def _reduction(self) -> str:
        """Planning from what was done is not enough where it matters who has arrived."""
        if self.plan.reduction == DPOR and self.world.was_polled:
            return SLEEP
        return self.plan.reduction

    def once(self, guide: Guide) -> tuple[Scheduler, Walker]:
        """One run, judged."""
        plan = self.plan
        walker = Walker(guide, self.names, self.world.fresh(), any_time=plan.any_time)
        expectation = Expectation(plan.expect, plan.result_of)

        def at_exit(value: Any) -> None:
            walker.world.main_has_returned = True
            expectation.judge(run, value)

        run = Scheduler(
            policy=walker,
            max_steps=plan.max_steps,
            linger=math.inf,
            output=Output(),
            at_exit=at_exit,
        )
        walker.run = run
        recorder = Recorder(run) if plan.races else None
        run.execute(plan.main, plan.args)
        self.found.runs += 1
        if isinstance(walker.reason, Restart):
            self.world = walker.world
        elif walker.reason is not None and not isinstance(walker.reason, Pruned):
            raise walker.reason
        elif walker.reason is None:
            outcomes = outcomes_of(run, expectation.outcome, _races(recorder), leaks=plan.leaks)
            if len(self.found.paths) < MOST_PATHS:
                self.found.paths.append((tuple(walker.path), tuple(outcomes)))
            for outcome in outcomes:
                self.found.add(outcome, walker.switches, walker.choices)
        return run, walker


def _races(recorder: Recorder | None) -> list[Race]:
    return races(recorder.trace()) if recorder is not None else []
