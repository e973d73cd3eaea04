"""The search: one run after the other, until the tree is done or the budget is."""

from __future__ import annotations

import math
import time as wall_time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...runtime.crew import Crew
from ...runtime.output import Output, routed
from ...runtime.schedule import FirstCome, Policy, Schedule, Seeded
from ...runtime.scheduler import Scheduler
from ...trace.recorder import Recorder
from ..race import Race, races
from .guide import Guide, NotTheSame, Pruned
from .looking import MOST_ROUNDS
from .lots import Lots, Priorities
from .operation import Restart, World
from .reversal import plan
from .tree import BOUNDED, DPOR, SLEEP, USUAL, Tree
from .verdict import BUDGET, Expectation, Outcome, outcomes_of
from .walker import Walker, shown

ENDS_PROGRAM = ("panic", "fatal")
MOST_PATHS = 1_000  # are kept for a picture
BY_LOT = 0.2  # of the budget, if the tree is too large for it
SAMPLES = 3  # runs under a seed that the outcomes are held against


@dataclass
class Plan:
    """What is searched, and how far; see `gochan.explore`."""

    main: Callable[..., Any]
    args: tuple[Any, ...] = ()
    max_runs: int = 20_000
    max_steps: int = 10_000
    seconds: float = math.inf
    total_steps: float = math.inf
    preemptions: int | None = None
    races: bool = True
    leaks: bool = True
    expect: Any = None
    reduction: str = USUAL
    any_time: bool = False
    result_of: Callable[[Scheduler, Any], Any] | None = None
    progress: Callable[[int, int, int], Any] | None = None


@dataclass
class Found:
    """What came of a search.

    `best` has for each outcome the schedule with the fewest switches, with their number and the
    schedule's length before it. `paths` are who went at each choice of the first runs, and what
    that came to. `notes` say what was left out.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    best: dict[Outcome, tuple[int, int, Schedule]] = field(default_factory=dict)
    paths: list[tuple[tuple[str, ...], tuple[Outcome, ...]]] = field(default_factory=list)
    runs: int = 0
    complete: bool = False
    notes: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome, switches: int, choices: list[str]) -> None:
        """Counts an outcome, and keeps the schedule with the fewest switches that led to it."""
        self.outcomes[outcome] += 1
        if self._is_better(outcome, switches, len(choices)):
            self.best[outcome] = switches, len(choices), Schedule(choices=tuple(choices))

    def keep(self, outcome: Outcome, one: tuple[int, int, Schedule]) -> None:
        """Keeps a schedule if it is the best so far."""
        if self._is_better(outcome, *one[:2]):
            self.best[outcome] = one

    def _is_better(self, outcome: Outcome, switches: int, length: int) -> bool:
        best = self.best.get(outcome)
        return best is None or (switches, length) < best[:2]

    def note(self, text: str) -> None:
        """Says once what was left out."""
        if text not in self.notes:
            self.notes.append(text)

    def failures(self) -> int:
        """How many ways to go wrong were found."""
        return sum(outcome.kind != "ok" for outcome in self.outcomes)


class Search:
    """Runs one program again and again."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.found = Found()
        self.world = World()
        self.world.looks_at_output = callable(plan.expect)
        self.is_same = False  # whether the first schedule was run twice, and came to the same
        self.is_cut = False  # whether anything of the tree was left out
        self.crew = Crew()
        self._started = wall_time.monotonic()
        self._steps = 0  # of all runs so far
        self._last: list[Outcome] = []

    def run(self) -> Found:
        """All schedules, as far as the budget goes."""
        with routed, self.crew:
            while (is_through := self.through_the_tree()) is None:
                self.found = Found(runs=self.found.runs)
                self.is_cut = False
            self.found.complete = is_through and not self.is_cut
            if not is_through:
                self._by_lot()
            self._compare_with_ordinary_runs()
        return self.found

    # -- through the tree --------------------------------------------------------------------------

    def through_the_tree(self) -> bool | None:
        """Whether it got to the end of it.

        None if it has to be done again, because the program looks at more than was thought.
        """
        return self.go_through(Tree(self.reduction(), preemptions=self.plan.preemptions))

    def go_through(self, tree: Tree, part: float = 1 - BY_LOT) -> bool | None:
        """The same with a tree, or the rest of one, and this part of the budget."""
        while self._may_go_on(part):
            if not self.walk(tree):
                return None
            if not tree.next():
                return True
        return False

    def walk(self, tree: Tree, *, counts: bool = True) -> bool:
        """One run through a tree; False if all has to be done again."""
        tree.begin()
        run, walker = self.once(tree, counts=counts)
        if isinstance(walker.reason, Restart):
            return False
        self._plan_next(tree, run, walker)
        self._note(tree, run, walker)
        if not self.is_same:
            self._check_same(tree, walker)
            self.is_same = True
        return True

    def _plan_next(self, tree: Tree, run: Scheduler, walker: Walker) -> None:
        """What else has to be tried because of this run."""
        is_stopped = run.stopped is not None and walker.reason is None
        ended = run.outcome in ENDS_PROGRAM or is_stopped
        if tree.reduction == DPOR:
            plan(walker, tree.fresh, ended)
        tree.end(walker, ended)

    def _note(self, tree: Tree, run: Scheduler, walker: Walker) -> None:
        """What of the tree was left out."""
        is_cut_off = run.ended_by == BUDGET
        self.is_cut |= is_cut_off or walker.rounds.held_back or walker.sees_waiting or tree.is_cut
        if is_cut_off:
            self.found.note(f"runs were cut off after {self.plan.max_steps:,} steps")
        if walker.sees_waiting:
            self.found.note("what goroutines wait for was looked at, which is not explored")
        if walker.rounds.held_back:
            self.found.note(
                f"a loop that only looks was not followed for more than {MOST_ROUNDS} rounds"
            )
        if tree.is_cut:
            self.found.note(f"only schedules with up to {tree.preemptions} preemptions")

    def _may_go_on(self, part: float) -> bool:
        """Whether there is budget left, and one run at least."""
        self.tell_progress()
        return self.found.runs == 0 or self.left(part) > 0

    def left(self, part: float) -> int:
        """How many runs are left of this part of the budget, 0 if no time or no steps are.

        The last part, but no more than 1,000 runs, is for runs by lot.
        """
        most = self.plan.max_runs
        runs = math.ceil(max(most * part, most - 1_000)) - self.found.runs
        is_used_up = self._steps >= self.plan.total_steps * part or self.seconds_left(part) <= 0
        return 0 if is_used_up else max(0, runs)

    def seconds_left(self, part: float) -> float:
        """The same of its seconds."""
        return self._started + self.plan.seconds * part - wall_time.monotonic()

    def tell_progress(self) -> None:
        """Says how far it has come."""
        if self.plan.progress is not None:
            self.plan.progress(self.found.runs, self.plan.max_runs, self.found.failures())

    def reduction(self) -> str:
        """Planning from what was done is not enough where it matters who has arrived.

        Nor where the clock could do something, and doesn't.
        """
        if self.plan.preemptions is not None:
            return BOUNDED
        if self.plan.reduction == DPOR and (self.world.was_polled or self.plan.any_time):
            return SLEEP
        return self.plan.reduction

    def _check_same(self, tree: Tree, first: Walker) -> None:
        """Runs a schedule a second time.

        Raises NotTheSame if the program does something else.
        """
        before = self._last
        tree.begin()
        _, again = self.once(tree, counts=False)
        if again.choices != first.choices or self._last != before:
            raise NotTheSame(_shown(before), _shown(self._last))

    # -- by lot ------------------------------------------------------------------------------------

    def _by_lot(self) -> None:
        """The rest of the budget, by seed."""
        seed = 0
        while self._may_go_on(1.0):
            guide = Priorities(seed) if seed % 2 else Lots(seed)
            _, walker = self.once(guide)
            if isinstance(walker.reason, Restart):
                self.world = walker.world
            seed += 1

    def _compare_with_ordinary_runs(self) -> None:
        """What `run` does must be among the outcomes.

        If it isn't, goroutines share plain variables, whose accesses can't be seen.
        """
        if not self.found.complete or self.plan.any_time:
            return
        policies: list[Policy] = [FirstCome(), *(Seeded(seed) for seed in range(SAMPLES))]
        for policy in policies:
            outcomes = self._ordinary_run(policy)
            if any(one not in self.found.outcomes for one in outcomes if one.kind != "race"):
                self.found.complete = False
                self.found.note(
                    f"run(...) comes to {_shown(outcomes)} as well: goroutines share a plain "
                    "variable, which can't be seen; a Var or @shared can"
                )
                return

    def _ordinary_run(self, policy: Policy) -> list[Outcome]:
        expectation = Expectation(self.plan.expect, self.plan.result_of)
        run = self._scheduler(policy, expectation)
        run.execute(self.plan.main, self.plan.args)
        return outcomes_of(run, expectation.outcome, [], leaks=self.plan.leaks)

    # -- one run -----------------------------------------------------------------------------------

    def once(self, guide: Guide, *, counts: bool = True) -> tuple[Scheduler, Walker]:
        """One run, judged."""
        plan = self.plan
        walker = Walker(guide, self.world.fresh(), any_time=plan.any_time)
        expectation = Expectation(plan.expect, plan.result_of)
        run = self._scheduler(walker, expectation)
        expectation.at_exit = walker.main_returned
        walker.run = run
        recorder = Recorder(run) if plan.races else None
        run.execute(plan.main, plan.args)
        self.found.runs += counts
        self._steps += run.used()
        if isinstance(walker.reason, Restart):
            self.world = walker.world
        elif walker.reason is not None and not isinstance(walker.reason, Pruned):
            raise walker.reason
        elif walker.reason is None:
            found = races_of(recorder)
            self._last = outcomes_of(run, expectation.outcome, found, leaks=plan.leaks)
            if counts:
                self._count(walker)
        return run, walker

    def _scheduler(self, policy: Policy, expectation: Expectation) -> Scheduler:
        run: Scheduler = Scheduler(
            policy=policy,
            max_steps=self.plan.max_steps,
            linger=math.inf,
            output=Output(),
            at_exit=expectation.judge,
            crew=self.crew,
        )
        expectation.run = run
        return run

    def _count(self, walker: Walker) -> None:
        if len(self.found.paths) < MOST_PATHS:
            self.found.paths.append((tuple(map(shown, walker.path)), tuple(self._last)))
        for outcome in self._last:
            self.found.add(outcome, walker.switches, walker.choices)


def races_of(recorder: Recorder | None) -> list[Race]:
    """The races that count, if any were looked for: not those of the time after main's return."""
    return races(recorder, after_main=False) if recorder is not None else []


def _shown(outcomes: list[Outcome]) -> str:
    return " and ".join(f"{kind}: {detail}" if detail else kind for kind, detail in outcomes)
