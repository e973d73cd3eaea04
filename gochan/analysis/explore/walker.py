"""Takes one run through the tree of choices.

A transition is one visible operation of a goroutine and whatever it does until its next one. What
comes before the first operation, or after one that was waited in, is seen by nobody and goes at
once; so at every point where there is a choice, all who could run stand before an operation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ...runtime import event as kinds
from ...runtime.goroutine import Goroutine, name_of
from ...runtime.schedule import CLOCK_CHOICE, CLOCK_FIRST
from ...runtime.scheduler import Scheduler
from ...sync import Mutex, Once, RWMutex, WaitGroup
from ...time import TimerChan
from .groups import Groups
from .guards import can_go, ready_cases
from .guide import Guide, Pruned
from .history import History, Transition
from .looking import Places, Rounds
from .operation import WHOLE, Candidate, Name, Operation, Restart, World
from .touch import EVERYTHING, OUTPUT, START, WRITE, Touch
from .touching import touches_of
from .touching_channels import looks_of_cases, touches_of_case

LOCKS = (Mutex, RWMutex, WaitGroup, Once)
MAIN = "1"
TICK = "tick"
CLOCK_NAME = "0"
CLOCK = Goroutine()  # the clock's, which never runs
CLOCK.id = 0
NOBODY: frozenset[int] = frozenset()
LOOKS = {  # what may change nothing
    kinds.DO,
    kinds.ERR,
    kinds.GOROUTINES,
    kinds.GOSCHED,
    kinds.LEN,
    kinds.LOAD,
    kinds.LOOK,
    kinds.RANGE,
    kinds.READ,
    kinds.RECV,
    kinds.SELECT,
    kinds.TRY_LOCK,
    kinds.TRY_RLOCK,
    kinds.TRY_SWAP,
    kinds.WAIT,
}


class Walker:
    """The policy of one run. `choices` replays it; `transitions` says what happened."""

    shuffles = False
    moves_clock = True  # it is asked even if a single goroutine can run

    def __init__(self, guide: Guide, world: World, *, any_time: bool = False) -> None:
        self.guide = guide
        self.world = world
        world.any_time = any_time
        self.run: Scheduler
        self.any_time = any_time
        self.choices: list[str] = []
        self.switches = 0
        self.preemptions = 0
        self.path: list[Candidate] = []  # who went where there was a choice
        self.history = History()
        self.transitions = self.history.transitions
        self.rounds = Rounds()
        self.names_of: dict[int, Name] = {1: MAIN}
        self.reason: Exception | None = None  # why it was given up
        self.sees_waiting = False  # whether somebody looks what others wait for
        self.running = 0  # whose transition was the last one
        self._groups = Groups(world)
        self._operations: dict[int, Operation] = {}  # what each is about to do
        self._started_by: dict[int, int] = defaultdict(int)
        self._places = Places()
        self._case = WHOLE  # that the select which goes on now takes
        self._now = 0
        self._printed = 0

    def main_returned(self) -> None:
        """Notes it: what others do from now on is judged otherwise."""
        self.world.main_has_returned = True

    # -- what the scheduler asks -------------------------------------------------------------------

    def patience(self) -> int:
        """None: it is asked before every operation."""
        return 0

    def preempts(self, goroutine: Goroutine, kind: str, things: tuple[Any, ...]) -> bool:
        """Always; it notes what the goroutine is about to do."""
        operation = Operation(goroutine, kind, things, len(self.transitions))
        if kind in LOOKS:
            operation.look = self._places.sight(goroutine.id)
        self._operations[goroutine.id] = operation
        return True

    def choose(self, options: Sequence[Any]) -> int:
        """The index of who goes next, or of the case that is taken."""
        try:
            if isinstance(options[0], int):
                return self._choose_case(options)
            return self._choose_goroutine(options)
        except Exception as error:
            self.reason = error  # main may have returned: then the run ends well nevertheless
            raise

    def _choose_goroutine(self, options: Sequence[Goroutine]) -> int:
        index = self._choose(options)
        if index == CLOCK_FIRST:
            self.choices.append(CLOCK_CHOICE)
            return index
        chosen = options[index].id
        if len(options) > 1:
            self.choices.append(f"g{chosen}")
        self._operations.pop(chosen, None)
        return index

    def _choose_case(self, options: Sequence[int]) -> int:
        case, self._case = self._case, WHOLE
        index = options.index(case) if case in options else self.guide.which(self, len(options))
        self.choices.append(f"c{options[index]}")
        return index

    # -- who goes next -----------------------------------------------------------------------------

    def _choose(self, queue: Sequence[Goroutine]) -> int:
        self._notice(queue)
        world, guide, operations = self.world, self.guide, self._operations
        world.operations = list(operations.values())
        candidates: list[Candidate] = []
        for index, goroutine in enumerate(queue):
            operation = operations.get(goroutine.id)
            if operation is None:
                if guide.settles and not world.looks_at_output:
                    return index  # what it does until its next operation is seen by nobody
                operation = Operation(goroutine, START, (), len(self.transitions))
            touches = operation.touches
            if touches is None:
                touches = touches_of(operation, world)
            if not touches and self._goes_at_once(operation):
                return index
            if guide.waits and operation.is_choice():
                candidates += self._ways(index, operation, touches)
            else:
                candidates.append(self._way(index, operation, touches))
        return self._choose_among(candidates)

    def _way(self, index: int, operation: Operation, touches: list[Touch]) -> Candidate:
        """The one way to go: made once, because there are many steps until somebody goes."""
        one = operation.candidate
        if one is None:
            name = self.names_of[operation.goroutine.id]
            one = operation.candidate = Candidate(index, (name, WHOLE), operation, touches)
        else:
            one.index, one.touches = index, touches
        return one

    def _ways(self, index: int, operation: Operation, touches: list[Touch]) -> list[Candidate]:
        """A select has a way to go for each case that is ready."""
        name = self.names_of[operation.goroutine.id]
        ready = ready_cases(operation, self.world)
        cases = operation.things
        ways = [
            Candidate(index, (name, number), operation, touches_of_case(cases[number]))
            for number in ready
        ] or [Candidate(index, (name, WHOLE), operation, touches)]
        for way in ways:
            way.looks = looks_of_cases(operation, ready)
        return ways

    def _goes_at_once(self, operation: Operation) -> bool:
        """What touches nothing needs no choice, unless it is said again and again."""
        if not self.guide.settles:
            return operation.kind in (kinds.END, kinds.GO)
        if self.world.looks_at_output or self.any_time:
            return False
        if not self.guide.waits:
            return operation.kind not in (kinds.GOSCHED, kinds.SELECT, kinds.SEND, kinds.RECV)
        return self._is_able(operation, [])

    def _is_able(self, operation: Operation, touches: list[Touch]) -> bool:
        """Whether it would do something, and has not looked in vain before."""
        if not can_go(operation, self.world):
            return False
        look = operation.look
        return look is None or not self.rounds.has_seen(operation.goroutine.id, look, touches)

    def _choose_among(self, candidates: list[Candidate]) -> int:
        able, blocked = candidates, NOBODY
        if self.guide.waits:
            able = [one for one in candidates if self._is_able(one.operation, one.touches)]
            if not able:
                return self._nobody_is_able(candidates)
            if len(able) < len(candidates):
                blocked = _goroutines(one for one in candidates if one not in able)
        return self._take([*able, *self._ticks()], blocked)

    def _ticks(self) -> list[Candidate]:
        """The clock's own way to go, by any clock: the next timer fires now."""
        if not self.any_time or self.run.clock.next() is None:
            return []
        operation = Operation(CLOCK, TICK, (), len(self.transitions))
        everything = [Touch(EVERYTHING, WRITE)]
        return [Candidate(CLOCK_FIRST, (CLOCK_NAME, WHOLE), operation, everything)]

    def _nobody_is_able(self, candidates: list[Candidate]) -> int:
        """Who could only block blocks now; if a timer will wake somebody, the order matters."""
        waiting = [one for one in candidates if not can_go(one.operation, self.world)]
        clock = self.run.clock.next() is not None or any(map(_waits_for_timer, candidates))
        if not waiting:
            return CLOCK_FIRST if clock and self.run.clock.next() is not None else 0
        waiting += self._ticks()  # who was woken by it sees who has arrived before
        if clock and len(waiting) > 1:
            return self._take(waiting, NOBODY)
        self._begin(waiting[0], None, [], _goroutines(waiting))
        return waiting[0].index

    def _take(self, candidates: list[Candidate], blocked: frozenset[int]) -> int:
        chosen = self.guide.who(self, candidates)
        if chosen is None:
            raise Pruned
        if chosen.operation.goroutine.id != self.running:
            self.preemptions += self.running in [one.operation.goroutine.id for one in candidates]
        if len(candidates) > 1:
            self.path.append(chosen)
        self._begin(chosen, getattr(self.guide, "node", None), candidates, blocked)
        return chosen.index

    # -- what happened -----------------------------------------------------------------------------

    def _notice(self, queue: Sequence[Goroutine]) -> None:
        """Who is new, and who was woken, by the transition that is over; and the clock's moves."""
        is_later = self.run.clock.now != self._now
        if is_later:
            self._now = self.world.now = self.run.clock.now
            self.history.era += not self.any_time
            self.rounds.clock_moved()
        if self.world.looks_at_output:
            self._note_output()
        known, operations = self.history.known, self._operations
        for goroutine in queue:
            number = goroutine.id
            if number not in known:
                self._is_new(goroutine)
            elif number not in operations and goroutine.resume is not None:
                self._was_woken(goroutine, is_later)

    def _is_new(self, goroutine: Goroutine) -> None:
        parent = goroutine.created_by
        self._started_by[parent] += 1
        above = self.names_of.get(parent, CLOCK_NAME)
        self.names_of[goroutine.id] = f"{above}.{self._started_by[parent]}"
        self.history.known[goroutine.id] = self.history.known.get(parent, 0)

    def _was_woken(self, goroutine: Goroutine, by_clock: bool) -> None:
        last = self.history.last
        if last is None or last.goroutine == goroutine.id:
            return
        if by_clock and last.operation.kind != TICK:  # nobody had a choice
            return
        self.history.wakes(goroutine.id)
        if isinstance(getattr(goroutine, "waiting_on", None), LOCKS):  # it has to try again
            self._operations[goroutine.id] = Operation(
                goroutine, "retry", (goroutine.waiting_on,), len(self.transitions)
            )
            goroutine.waiting_on = None

    def _note_output(self) -> None:
        if self.run.output is not None:
            parts = len(self.run.output.parts)
            if parts != self._printed:
                self.history.touches_too(Touch(OUTPUT, WRITE))
            self._printed = parts

    def _begin(
        self, chosen: Candidate, node: Any, able: list[Candidate], blocked: frozenset[int]
    ) -> None:
        """The chosen one goes on."""
        self._case = chosen.way[1]
        transition = self.history.begin(chosen, node, able, blocked)
        self.switches += transition.goroutine != self.running
        self.running = transition.goroutine
        self._note_for_others(transition)
        self.rounds.note(self.running, chosen.operation.look, chosen.touches)

    def _note_for_others(self, transition: Transition) -> None:
        """What the rules have to know of it later."""
        operation, world = transition.operation, self.world
        kind = operation.kind
        if kind in (kinds.ADD, kinds.WAIT):
            if isinstance(operation.things[0], WaitGroup):
                self._groups.notice(transition)
        elif kind in (kinds.RLOCK, kinds.RUNLOCK):
            key = transition.goroutine, id(operation.things[0])
            world.read_locks[key] += 1 if kind == kinds.RLOCK else -1
        elif kind == kinds.GOROUTINES:
            self.sees_waiting = self.sees_waiting or bool(operation.things)
            if not world.looks_at_goroutines:
                world.looks_at_goroutines = True
                raise Restart

    def left_undone(self) -> list[Transition]:
        """What was about to be done when the run came to its end, or was given up."""
        return [
            self.history.undone(
                (self.names_of[operation.goroutine.id], WHOLE),
                operation,
                touches_of(operation, self.world),
            )
            for operation in self._operations.values()
            if not (isinstance(self.reason, Pruned) and self._was_done_elsewhere(operation))
        ]

    def _was_done_elsewhere(self, operation: Operation) -> bool:
        return can_go(operation, self.world) and not operation.is_choice()


def shown(chosen: Candidate) -> str:
    """`worker g3`, `worker g3 c1` for a case of its select."""
    goroutine, case = chosen.operation.goroutine, chosen.way[1]
    if goroutine.id == 0:
        return "clock"
    name = "main" if goroutine.id == 1 else f"{name_of(goroutine)} g{goroutine.id}"
    return name if case == WHOLE else f"{name} c{case}"


def _goroutines(candidates: Iterable[Candidate]) -> frozenset[int]:
    return frozenset(one.operation.goroutine.id for one in candidates)


def _waits_for_timer(candidate: Candidate) -> bool:
    return any(isinstance(channel, TimerChan) for channel, _ in candidate.operation.channels())
