"""One program and one goal, to be played move by move."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..analysis.explore.guide import Pruned
from ..analysis.explore.operation import Name, Restart, Way, World
from ..analysis.explore.tree import SLEEP, Tree
from ..analysis.explore.verdict import LEAK, Expectation, Outcome, outcomes_of
from ..analysis.explore.walker import MAIN, Walker
from ..analysis.waits import Users, users
from ..exploring import result_of
from ..program import Result, record
from ..runtime.event import current
from ..runtime.output import Output, routed
from ..runtime.schedule import FirstCome, Policy, Schedule, ScheduleError, Seeded
from ..runtime.scheduler import Scheduler
from ..runtime.words import check_function
from ..trace.recorder import Recorder
from ..trace.trace import Source, Trace
from .goals import check_goal
from .hand import Following, Hand, NoSuchMove
from .position import Position, position

SAMPLES = 12  # runs from which it is known who does what
LEARNT_FROM = 60  # runs before the first move: what the program looks at decides what is a move
RESTARTS = 8
OTHER_ATTRIBUTES = {"value", "elapsed", "goroutines"}  # of a Result: no print changes them


class Played(NamedTuple):
    """A run that a Hand has guided."""

    run: Scheduler
    walker: Walker
    hand: Hand
    recorder: Recorder
    tape: list[Any]
    outcomes: tuple[Outcome, ...]  # none if it was stopped

    @property
    def is_over(self) -> bool:
        """Whether it came to an end by itself."""
        return self.walker.reason is None


class Game:
    """A program that is played: `at(moves)` says where it is after them.

    Parameters
    ----------
    program
        A function without arguments, run as main.
    goal
        What the player is after: "deadlock", "race" (a lost update), "leak", "panic", "wrong" or
        "finish".
    expect
        What main should return, or a function of the Result, as for `explore`.
    clock
        "virtual": timers fire when nobody can run; "any": the player may let them fire earlier.
    max_steps
        So many operations one run may have.

    Raises TypeError or ValueError for what makes no sense, ScheduleError if the program does not do
    the same again under the same moves, RuntimeError inside a goroutine.
    """

    def __init__(
        self,
        program: Callable[[], Any],
        goal: str = "deadlock",
        *,
        expect: Any = None,
        clock: str = "virtual",
        max_steps: int = 2_000,
    ) -> None:
        check_function(program, "the Seat takes a program, which is a function")
        check_goal(goal, expect)
        if clock not in ("virtual", "any"):
            raise ValueError(f'clock is "virtual" or "any", not {clock!r}')
        if current() is not None:
            raise RuntimeError("a program is already running here: play it outside of it")
        self.program = program
        self.goal = goal
        self.expect = expect
        self.any_time = clock == "any"
        self.max_steps = max_steps
        self.world = World()
        self.world.looks_at_output = callable(expect) and _may_read_output(expect)
        self.users: Users = defaultdict(set)
        self.known: dict[Any, str] = {}  # what goroutines are called, by who started them
        self.sources: tuple[Source, ...] = ()
        self._sample()
        self._learn()

    # -- positions ---------------------------------------------------------------------------------

    def at(self, moves: Sequence[Way] = ()) -> Position:
        """Where the program is after these moves; after fewer, if one of them can't be made."""
        moves = tuple(moves)
        for _ in range(RESTARTS):
            hand = Hand(moves)
            try:
                return position(self, self.once(hand))
            except Restart:
                continue
            except NoSuchMove:
                moves = moves[: len(hand.taken)]
        raise ScheduleError("this program is another one each time it is run: it can't be played")

    def follow(self, schedule: Schedule) -> tuple[Way, ...]:
        """The moves that a schedule makes, as far as it decides where a player does."""
        for _ in range(RESTARTS):
            hand = Hand((), Following(schedule))
            try:
                self.once(hand)
            except Restart:
                continue
            return tuple(hand.taken)
        return ()

    def replay(self, schedule: Schedule | str) -> Result:
        """The whole run under a schedule, with a trace.

        Raises ScheduleError if the schedule belongs to another program, ValueError if it is none.
        """
        return record(
            self.program,
            schedule=schedule,
            linger=self._linger(),
            max_steps=self.max_steps,
        )

    # -- runs --------------------------------------------------------------------------------------

    def once(self, hand: Hand) -> Played:
        """One run.

        Raises Restart if it has to be done again, because the program looks at more than was known;
        NoSuchMove if the hand could not do as it was told.
        """
        walker = Walker(hand, self.world.fresh(), any_time=self.any_time)
        expectation = Expectation(self.expect, result_of)
        expectation.at_exit = walker.main_returned
        run, recorder = self._recorded(walker, expectation)
        walker.run = run
        assert run.tape is not None  # the recorder gave it one
        tape = run.tape  # which it lets go of at its end
        with routed:
            run.execute(self.program)
        reason = walker.reason
        if isinstance(reason, Restart):
            self.world = walker.world
            raise reason
        if reason is not None and not isinstance(reason, Pruned) and hand.view is None:
            raise reason
        is_over = reason is None
        found = outcomes_of(run, expectation.outcome, [], leaks=self.goal == LEAK)
        return Played(run, walker, hand, recorder, tape, tuple(found) if is_over else ())

    def _recorded(self, policy: Policy, expectation: Expectation) -> tuple[Scheduler, Recorder]:
        run = Scheduler(
            policy=policy,
            max_steps=self.max_steps,
            linger=self._linger(),
            output=Output(),
            at_exit=expectation.judge,
        )
        expectation.run = run
        return run, Recorder(run)

    def _linger(self) -> float:
        """A leak is judged when nobody can go on any more; all else when main returns."""
        return math.inf if self.goal == LEAK else 0.0

    # -- what is known beforehand ------------------------------------------------------------------

    def _sample(self) -> None:
        """Runs that are not shown: who uses what, and the program's text."""
        policies: list[Policy] = [FirstCome(), *(Seeded(seed) for seed in range(SAMPLES))]
        sources: dict[tuple[str, int], Source] = {}
        for policy in policies:
            run, recorder = self._recorded(policy, Expectation(None))
            with routed:
                run.execute(self.program)
            trace = recorder.trace()
            for source in trace.sources:
                sources.setdefault((source.file, source.first_line), source)
            self._note_users(trace)
        self.sources = tuple(sources[key] for key in sorted(sources))

    def _note_users(self, trace: Trace) -> None:
        keys = _family(trace)
        for what, who in users(trace).items():
            self.users[what] |= {keys[number] for number in who if number in keys}
        for facts in trace.goroutines:
            self.known.setdefault(keys[facts.id], facts.name)

    def _learn(self) -> None:
        """What is a move depends on what the program looks at: found out before the first one."""
        tree = Tree(SLEEP)
        for _ in range(LEARNT_FROM):
            tree.begin()
            try:
                played = self.once(Hand((), tree))
            except Restart:
                tree = Tree(SLEEP)
                continue
            self.go_back(tree, played)
            if not tree.next():
                return

    def go_back(self, tree: Tree, played: Played) -> None:
        """Tells the tree how a run ended; main's return ends the program here, as a panic does."""
        run, walker = played.run, played.walker
        stopped = run.stopped is not None and walker.reason is None
        by_main = run.outcome == "ok" and not self._linger() and walker.reason is None
        tree.end(walker, run.outcome in ("panic", "fatal") or stopped or by_main)


def _may_read_output(expect: Callable[[Result], Any]) -> bool:
    """Whether prints have to be moves: not if the function names nothing but other attributes."""
    code = getattr(expect, "__code__", None)
    return code is None or bool(code.co_freevars) or not set(code.co_names) <= OTHER_ATTRIBUTES


def _family(trace: Trace) -> dict[int, Name]:
    """Each goroutine by who started it, and as the how-manieth, as explore names them."""
    keys: dict[int, Name] = {0: "0"}
    started: dict[int, int] = defaultdict(int)
    for facts in trace.goroutines:
        if facts.id == 1:
            keys[1] = MAIN
        elif facts.id:
            started[facts.created_by] += 1
            above = keys.get(facts.created_by, "0")
            keys[facts.id] = f"{above}.{started[facts.created_by]}"
    return keys
