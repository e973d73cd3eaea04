"""Takes one run through the tree of choices, and writes down what each transition touched.

A transition is one visible operation of a goroutine and whatever it does until its next one. What
comes before the first operation, or after one that was waited in, is seen by nobody and goes at
once; so at every point where there is a choice, all who could run stand before an operation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from ...runtime import event as kinds
from ...runtime.goroutine import Goroutine, name_of
from ...runtime.schedule import CLOCK_CHOICE, CLOCK_FIRST, ScheduleError
from ...runtime.scheduler import Scheduler
from ...sync import Mutex, Once, RWMutex, WaitGroup
from ...time import _TimerChan
from .looking import Places
from .operations import (
    EVERYTHING,
    LOOKING,
    OUTPUT,
    RECV,
    SEND,
    START,
    WRITE,
    Operation,
    Restart,
    Touch,
    World,
    depend,
    looks_of_cases,
    ready_cases,
    touches_of_case,
    waiting_receivers,
)

# A goroutine by who started it, and as the how-manieth: "1.2" is the second that main started. Ids
# count in the order of the `go` statements, which a schedule may change.
Name = str
Way = tuple[Name, int]  # a goroutine, and the case that its select takes; WHOLE for all else
WHOLE = -1
LOCKS = (Mutex, RWMutex, WaitGroup, Once)
MOST_ROUNDS = 16  # of a loop that may or may not come to an end by itself
CLOCK_NAME = "0"
MAIN = "1"
TICK = "tick"
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


class NotTheSame(ScheduleError):
    """The program did something else than before, under the same choices."""

    def __init__(self, before: str = "", now: str = "") -> None:
        how = f": it came to {before} and then to {now}" if before else ""
        super().__init__(
            f"main is not the same program each time it runs under one schedule{how}. Random "
            "numbers or a clock of its own make that, the order of a set, and whatever outlives a "
            "run: variables, channels and arguments that are made outside main"
        )


class Pruned(Exception):
    """The rest of this run would come to what others have come to before."""


class Transition:
    """What was done, by whom, and what of all before came before it in every order."""

    __slots__ = (
        "index",
        "way",
        "goroutine",
        "operation",
        "touches",
        "looks",
        "known",
        "past",
        "era",
        "node",
        "able",
        "blocked",
    )

    def __init__(self, index: int, operation: Operation, touches: list[Touch]) -> None:
        self.index = index
        self.operation = operation
        self.goroutine = operation.goroutine.id
        self.touches = touches
        self.looks: list[Touch] = []  # what could have given it another way to go
        self.way: Way = "", WHOLE
        self.known = 0  # what its goroutine knew before: a bit for each transition
        self.past = 0  # the same, with what it touches that others have touched
        self.era = 0  # how often the clock had moved
        self.node: Any = None  # where there was a choice
        self.able: list[Candidate] = []  # who could have gone instead
        self.blocked: frozenset[int] = frozenset()  # who could not


class Candidate:
    """A goroutine that could go next: its place in the run queue, and what it would touch."""

    __slots__ = ("index", "way", "operation", "touches", "looks")

    def __init__(self, index: int, way: Way, operation: Operation, touches: list[Touch]) -> None:
        self.index = index
        self.way = way
        self.operation = operation
        self.touches = touches
        self.looks: list[Touch] = []


class Guide(Protocol):
    """Says which way a walker takes."""

    settles: bool  # whether what nobody else sees goes at once
    waits: bool  # whether what would only block is put off

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """Who goes next; None to give up this run."""
        ...

    def which(self, walker: Walker, options: int) -> int:
        """The index of one of several ready cases."""
        ...


class Walker:
    """The policy of one run. `choices` replays it; `transitions` says what happened."""

    shuffles = False

    def __init__(self, guide: Guide, world: World, *, any_time: bool = False) -> None:
        self.guide = guide
        self.world = world
        self.run: Scheduler
        self.moves_clock = True  # it is asked even if a single goroutine can run
        self.any_time = any_time
        self.choices: list[str] = []
        self.switches = 0
        self.preemptions = 0
        self.path: list[str] = []  # who went where there was a choice
        self.transitions: list[Transition] = []
        self.names_of: dict[int, Name] = {1: MAIN}
        self.reason: Exception | None = None  # why it was given up
        self._operations: dict[int, Operation] = {}  # what each is about to do
        self._known: dict[int, int] = {0: 0, 1: 0}  # by each goroutine: a bit for each transition
        self._barriers = 0  # those that touched everything
        self._started_by: dict[int, int] = defaultdict(int)
        self._touched: dict[Any, list[tuple[Transition, str]]] = defaultdict(list)
        self._places = Places()
        self._sights: set[Any] = set()  # what was looked at, from where, knowing what
        self._rounds: dict[Any, int] = defaultdict(int)  # how often it was
        self._own_changes: dict[int, int] = defaultdict(int)
        self.sees_waiting = False  # whether somebody looks what others wait for
        self.held_back = False  # somebody who may have had more to do
        self._changes: dict[Any, int] = defaultdict(int)  # of each place
        self._last: Transition | None = None
        self._case = WHOLE  # that the select which goes on now takes
        self.running = 0  # whose transition was the last one
        self._now = 0
        self._era = 0
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
            return self._choose_any(options)
        except Exception as error:
            self.reason = error  # main may have returned: then the run ends well nevertheless
            raise

    def _choose_any(self, options: Sequence[Any]) -> int:
        if isinstance(options[0], int):
            return self._choose_case(options)
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
        world = self.world
        world.operations = list(self._operations.values())
        candidates = []
        for index, goroutine in enumerate(queue):
            operation = self._operations.get(goroutine.id)
            if operation is None:
                if self.guide.settles and not world.looks_at_output:
                    return index  # what it does until its next operation is seen by nobody
                operation = Operation(goroutine, START, (), len(self.transitions))
            touches = operation.touches(world)
            if not touches and self._goes_at_once(operation):
                return index
            candidates += self._ways(index, operation, touches)
        return self._choose_among(candidates)

    def _ways(self, index: int, operation: Operation, touches: list[Touch]) -> list[Candidate]:
        """A select has a way to go for each case that is ready; all else has one."""
        name = self.names_of[operation.goroutine.id]
        if not operation.is_choice() or not self.guide.waits:
            return [Candidate(index, (name, WHOLE), operation, touches)]
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
        return operation.can_go(self.world) and not self._has_seen(operation, [])

    def _choose_among(self, candidates: list[Candidate]) -> int:
        if self.guide.waits:
            able = [one for one in candidates if self._is_able(one)]
            blocked = frozenset(one.operation.goroutine.id for one in candidates if one not in able)
            if not able:
                return self._nobody_is_able(candidates)
        else:
            able, blocked = candidates, frozenset()
        if self.any_time and self.run.clock.next() is not None:
            able = [*able, _tick(len(self.transitions))]
        return self._take(able, blocked)

    def _is_able(self, one: Candidate) -> bool:
        return one.operation.can_go(self.world) and not self._has_seen(one.operation, one.touches)

    def _nobody_is_able(self, candidates: list[Candidate]) -> int:
        """Who could only block blocks now; if a timer will wake somebody, the order matters."""
        waiting = [one for one in candidates if not one.operation.can_go(self.world)]
        clock = self.run.clock.next() is not None or any(map(_waits_for_timer, candidates))
        if not waiting:
            return CLOCK_FIRST if clock and self.run.clock.next() is not None else 0
        if clock and len(waiting) > 1:
            return self._take(waiting, frozenset())
        blocked = frozenset(one.operation.goroutine.id for one in waiting)
        self._begin(waiting[0], None, [], blocked)
        return waiting[0].index

    def _take(self, candidates: list[Candidate], blocked: frozenset[int]) -> int:
        chosen = self.guide.who(self, candidates)
        if chosen is None:
            raise Pruned
        who = chosen.operation.goroutine.id
        if who != self.running:
            self.preemptions += any(
                one.operation.goroutine.id == self.running for one in candidates
            )
        if len(candidates) > 1:
            self.path.append(_shown(chosen))
        self._begin(chosen, getattr(self.guide, "node", None), candidates, blocked)
        return chosen.index

    # -- what happened -----------------------------------------------------------------------------

    def _notice(self, queue: Sequence[Goroutine]) -> None:
        """Who is new, and who was woken, by the transition that is over; and the clock's moves."""
        is_later = self.run.clock.now != self._now
        if is_later:
            self._now = self.world.now = self.run.clock.now
            self._era += not self.any_time
            self._changes["anything"] += 1
        self._note_output()
        for goroutine in queue:
            number = goroutine.id
            if number not in self._known:
                self._is_new(goroutine)
            elif number not in self._operations and goroutine.resume is not None:
                self._was_woken(goroutine, is_later)

    def _is_new(self, goroutine: Goroutine) -> None:
        parent = goroutine.created_by
        self._started_by[parent] += 1
        above = self.names_of.get(parent, CLOCK_NAME)
        self.names_of[goroutine.id] = f"{above}.{self._started_by[parent]}"
        self._known[goroutine.id] = self._known.get(parent, 0)

    def _was_woken(self, goroutine: Goroutine, by_clock: bool) -> None:
        last = self._last
        if last is None or last.goroutine == goroutine.id:
            return
        if by_clock and last.operation.kind != TICK:  # nobody had a choice
            return
        self._known[goroutine.id] |= last.past | 1 << last.index
        if isinstance(getattr(goroutine, "waiting_on", None), LOCKS):  # it has to try again
            self._operations[goroutine.id] = Operation(
                goroutine, "retry", (goroutine.waiting_on,), len(self.transitions)
            )
            goroutine.waiting_on = None

    def _note_output(self) -> None:
        if self.world.looks_at_output and self.run.output is not None:
            parts = len(self.run.output.parts)
            if parts != self._printed and self._last is not None:
                self._touch(self._last, Touch(OUTPUT, WRITE))
            self._printed = parts

    def _begin(
        self, chosen: Candidate, node: Any, able: list[Candidate], blocked: frozenset[int]
    ) -> None:
        """The chosen one's transition, and what comes before it in every order."""
        operation = chosen.operation
        transition = Transition(len(self.transitions), operation, list(chosen.touches))
        transition.way = chosen.way
        transition.looks = chosen.looks
        self._case = chosen.way[1]
        transition.era = self._era
        transition.node = node
        transition.able = able
        transition.blocked = blocked
        transition.known = self._known[transition.goroutine]
        transition.past = transition.known | self._barriers
        self.transitions.append(transition)
        self._last = transition
        self.switches += transition.goroutine != self.running
        self.running = transition.goroutine
        for touch in chosen.touches:
            self._touch(transition, touch)
        self._known[transition.goroutine] = transition.past | 1 << transition.index
        self._notice_misuse(operation)
        self._note_sight(operation, chosen.touches)

    def left_undone(self) -> list[Transition]:
        """What was about to be done when the run came to its end, or was given up."""
        undone = []
        for operation in self._operations.values():
            if isinstance(self.reason, Pruned) and self._was_done_elsewhere(operation):
                continue
            transition = Transition(len(self.transitions), operation, operation.touches(self.world))
            name = self.names_of[transition.goroutine]
            transition.way = name, WHOLE
            transition.era = self._era
            transition.known = transition.past = self._known[transition.goroutine]
            undone.append(transition)
        return undone

    def _was_done_elsewhere(self, operation: Operation) -> bool:
        return operation.can_go(self.world) and not operation.is_choice()

    def _touch(self, transition: Transition, touch: Touch) -> None:
        if touch not in transition.touches:
            transition.touches.append(touch)
        place, mode, thing = touch
        if place is EVERYTHING:
            transition.past |= (1 << transition.index) - 1
            self._barriers |= 1 << transition.index
            return
        history = self._touched[place]
        for earlier, its_mode in history:
            if earlier is not transition and depend(its_mode, mode):
                transition.past |= earlier.past | 1 << earlier.index
        if mode in (SEND, RECV):
            partner = _partner(history, mode, thing)
            if partner is not None:
                transition.past |= partner.past | 1 << partner.index
        history.append((transition, mode))

    def _notice_misuse(self, operation: Operation) -> None:
        world, kind = self.world, operation.kind
        if kind == kinds.GOROUTINES:
            self.sees_waiting = self.sees_waiting or bool(operation.things)
            if not world.looks_at_goroutines:
                world.looks_at_goroutines = True
                raise Restart
        if kind == kinds.RLOCK:
            world.read_locks[operation.goroutine.id, id(operation.things[0])] += 1
        elif kind == kinds.RUNLOCK:
            world.read_locks[operation.goroutine.id, id(operation.things[0])] -= 1
        elif kind in (kinds.ADD, kinds.WAIT) and isinstance(operation.things[0], WaitGroup):
            self._notice_reuse(operation)
            if kind == kinds.ADD:
                self._notice_balance(operation.things[0], operation.things[1])

    def _notice_balance(self, group: WaitGroup, delta: int) -> None:
        """Each `done` should have an addition of its own that comes before it in every order.

        Then the count is never negative, and the order of additions and `done` calls is the same.
        """
        assert self._last is not None
        counted = self.world.counted[id(group)]
        counted += [self._last.index] * delta
        for _ in range(-delta):
            own = [index for index in counted if self._last.known >> index & 1]
            if own:
                counted.remove(own[-1])
            elif not self.world.misuses_groups:
                self.world.misuses_groups = True
                raise Restart

    def _notice_reuse(self, operation: Operation) -> None:
        """Who waits for a group that another one adds to may come too late, or too early.

        Then it matters that it has come.
        """
        world, group, who = self.world, operation.things[0], operation.goroutine.id
        is_wait = operation.kind == kinds.WAIT
        if not is_wait and operation.things[1] <= 0:
            return
        others = world.used[id(group), not is_wait]
        if not world.misuses_groups and any(other != who for other in others):
            world.misuses_groups = True
            raise Restart
        world.used[id(group), is_wait].append(who)

    # -- looking again and again -------------------------------------------------------------------

    def _has_seen(self, operation: Operation, touches: list[Touch]) -> bool:
        """Whether it would look again, and know no more than before."""
        look = operation.look
        if look is None:
            return False
        places = self._versions(look.place, touches)
        if (look.state, self._own_changes[operation.goroutine.id], places) in self._sights:
            return True
        is_over = self._rounds[places] >= MOST_ROUNDS
        self.held_back = self.held_back or is_over
        return is_over

    def _versions(self, place: Any, touches: list[Touch]) -> tuple[Any, ...]:
        looked_at = [touch.place for touch in touches] or ["anything"]
        return place, *(self._changes[one] for one in looked_at)

    def _note_sight(self, operation: Operation, touches: list[Touch]) -> None:
        changed = [touch.place for touch in touches if touch.mode not in LOOKING]
        for place in changed:
            self._changes[place] += 1
        if changed:
            self._changes["anything"] += 1
            self._own_changes[operation.goroutine.id] += 1
        elif operation.look is not None:
            look = operation.look
            places = self._versions(look.place, touches)
            self._rounds[places] += 1
            if look.state is not None:
                own = self._own_changes[operation.goroutine.id]
                self._sights.add((look.state, own, places))


def _shown(chosen: Candidate) -> str:
    """`worker g3`, `worker g3 c1` for a case of its select."""
    goroutine, case = chosen.operation.goroutine, chosen.way[1]
    if goroutine.id == 0:
        return "clock"
    name = "main" if goroutine.id == 1 else f"{name_of(goroutine)} g{goroutine.id}"
    return name if case == WHOLE else f"{name} c{case}"


class _Clock:
    """In the place of a goroutine."""

    id = 0


def _tick(since: int) -> Candidate:
    """The clock's own way to go: the next timer fires now, whoever could still run."""
    operation = Operation(_Clock(), TICK, (), since)  # type: ignore[arg-type]
    return Candidate(CLOCK_FIRST, (CLOCK_NAME, WHOLE), operation, [Touch(EVERYTHING, WRITE)])


def _waits_for_timer(candidate: Candidate) -> bool:
    return any(isinstance(channel, _TimerChan) for channel, _ in candidate.operation.channels())


def _partner(history: list[tuple[Transition, str]], mode: str, channel: Any) -> Transition | None:
    """The send that a receive needs, or the receive that makes room for a send.

    Without a buffer it is the other way round: the receiver arrives first, and the sender needs it.
    """
    since: list[tuple[Transition, str]] = []
    for entry in history:
        if entry[1] == WRITE:
            since = []
        elif entry[1] in (SEND, RECV):
            since.append(entry)
    sends = [one for one, its_mode in since if its_mode == SEND]
    receives = [one for one, its_mode in since if its_mode == RECV]
    if channel.cap == 0:
        at_first = waiting_receivers(channel) + len(sends) - len(receives)
        number, needed = len(sends) - at_first, receives if mode == SEND else []
    elif mode == RECV:
        at_first = channel.filled() + len(receives) - len(sends)
        number, needed = len(receives) - at_first, sends
    else:
        room = channel.cap - channel.filled() + len(sends) - len(receives)
        number, needed = len(sends) - room, receives
    return needed[number] if 0 <= number < len(needed) else None
