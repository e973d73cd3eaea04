"""Makes the schedules of failures as short as they can be, so that a person can follow them."""

from __future__ import annotations

import math

from ...runtime.output import Output, routed
from ...runtime.schedule import Schedule, ScheduleError, policy_of
from ...runtime.scheduler import Scheduler
from ...trace.recorder import Recorder
from .search import Found, Plan, Search, races_of
from .tree import BOUNDED, Tree
from .verdict import OK, RACE, Expectation, Outcome, outcomes_of

FEW_PREEMPTIONS = (0, 1)
RUNS_EACH = 25


def shorten(plan: Plan, found: Found) -> None:
    """Looks for schedules with fewer switches, and takes away the end of each that isn't needed."""
    failures = {outcome for outcome in found.best if outcome.kind != OK}
    if not failures:
        return
    with routed:
        for outcome in failures.intersection(_replayed(plan, Schedule(), races=plan.races)):
            found.best[outcome] = 0, 0, Schedule()
            failures.remove(outcome)
        for preemptions in FEW_PREEMPTIONS if failures else ():
            _look_among_few(plan, found, preemptions)
        for outcome in failures:
            switches, _, schedule = found.best[outcome]
            short = _without_end(plan, outcome, schedule)
            found.best[outcome] = switches, len(short.choices), short


def _look_among_few(plan: Plan, found: Found, preemptions: int) -> None:
    search = Search(plan)
    search.is_same = True  # or nothing would have been found
    tree = Tree(BOUNDED, preemptions=preemptions)
    with search.crew:
        for _ in range(RUNS_EACH):
            if not search.walk(tree):
                tree = Tree(BOUNDED, preemptions=preemptions)
            elif not tree.next():
                break
    for outcome, one in search.found.best.items():
        if outcome in found.best:
            found.keep(outcome, one)


def _without_end(plan: Plan, outcome: Outcome, schedule: Schedule) -> Schedule:
    """The shortest beginning that still comes to this when the rest is first come, first served."""
    least, most = 0, len(schedule.choices)  # the second is known to do
    while least < most:
        middle = (least + most) // 2
        beginning = Schedule(choices=schedule.choices[:middle])
        if outcome in _replayed(plan, beginning, races=outcome.kind == RACE):
            most = middle
        else:
            least = middle + 1
    return Schedule(choices=schedule.choices[:most])


def _replayed(plan: Plan, schedule: Schedule, *, races: bool) -> list[Outcome]:
    expectation = Expectation(plan.expect, plan.result_of)
    run = Scheduler(
        policy=policy_of(schedule),
        max_steps=plan.max_steps,
        linger=math.inf,
        output=Output(),
        at_exit=expectation.judge,
    )
    expectation.run = run
    recorder = Recorder(run) if races else None
    run.execute(plan.main, plan.args)
    if isinstance(run.error, ScheduleError):
        return []
    return outcomes_of(run, expectation.outcome, races_of(recorder), leaks=plan.leaks)
