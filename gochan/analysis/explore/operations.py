"""What an operation touches, and whether it could go on at once.

Two operations that touch nothing in common come to the same in either order, so one order of them
is enough. And an operation that would only block is put off until it can go on, or until nobody
can do anything else: to arrive early and wait is seen by nobody. Where it is seen (a writer who
waits for a RWMutex holds back readers, a signal wakes only who waits already), the operation counts
as one that can go on.
"""

# ruff: noqa: ARG001, SLF001 - rules have one shape, and know all the primitives from the inside

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from ...channel import Chan, Nil, nil
from ...context.cancelling import CancelContext, canceler_of
from ...runtime import event as kinds
from ...runtime.goroutine import Goroutine
from ...selecting import Case, default
from ...sync import Mutex, Once, RWMutex, WaitGroup
from ...time import _TimerChan

# How a place is touched. The same place in the same way counts as a conflict only for WRITE, SEND
# and RECV; in two different ways it always does, but for the pairs in EXCHANGEABLE.
READ, WRITE = "read", "write"
SEND, RECV = "send", "receive"  # without anybody who waits in between
LOCK, UNLOCK, RLOCK, RUNLOCK = "lock", "unlock", "rlock", "runlock"
ADD, DONE, WAIT = "add", "done", "wait"  # of a WaitGroup
DO, SKIP, END_DO = "do", "skip", "end of do"
START = "start"

LOOKING = {READ, SKIP, WAIT}  # changes nothing
AGAINST_ITSELF = {WRITE, SEND, RECV, LOCK, UNLOCK, DO, END_DO}
EXCHANGEABLE = {frozenset(pair) for pair in [(SEND, RECV), (RLOCK, RUNLOCK), (ADD, DONE)]}
# The second is impossible before the first: to try them the other way round is in vain.
FIRST_ENABLES_SECOND = {
    (UNLOCK, LOCK),
    (UNLOCK, RLOCK),
    (DONE, WAIT),
    (END_DO, SKIP),
}

EVERYTHING = "everything"  # the place that the end of the program touches
THE_END = "the end"
GOROUTINES = "goroutines"
OUTPUT = "output"


class Touch(NamedTuple):
    """One place, how it is touched, and the thing itself (so that no id is used twice)."""

    place: Any
    mode: str
    thing: Any = None


@cache
def depend(first: str, second: str) -> bool:
    """Whether two touches of one place come to something else in the other order."""
    if first == second:
        return first in AGAINST_ITSELF
    return frozenset((first, second)) not in EXCHANGEABLE


@cache
def could_swap(first: str, second: str) -> bool:
    """Whether two touches that depend on each other can come in the other order at all."""
    return (first, second) not in FIRST_ENABLES_SECOND and depend(first, second)


class Operation:
    """What a goroutine is about to do, `kind` to `things`."""

    __slots__ = ("goroutine", "kind", "things", "since", "look")

    def __init__(
        self, goroutine: Goroutine, kind: str, things: tuple[Any, ...], since: int
    ) -> None:
        self.goroutine = goroutine
        self.kind = kind
        self.things = things
        self.since = since  # so many transitions there had been when it was announced
        self.look: Any = None  # where it stands and what it sees there, if it only looks

    def touches(self, world: World) -> list[Touch]:
        """What it would touch now."""
        rule = RULES.get(self.kind)
        if rule is None:
            return [Touch(id(thing), WRITE, thing) for thing in self.things]
        return rule(self, world)

    def can_go(self, world: World) -> bool:
        """Whether it would do something now, and not just wait."""
        guard = GUARDS.get(self.kind)
        return guard is None or guard(self, world)

    def channels(self) -> Iterable[tuple[Chan[Any], str]]:
        """The channels that it would send to or receive from."""
        if self.kind in (SEND, kinds.SEND):
            return [(self.things[0], SEND)]
        if self.kind == kinds.RECV:
            return [(self.things[0], RECV)]
        if self.kind == kinds.SELECT:
            return [
                (case.channel, SEND if case.direction == "send" else RECV)
                for case in self.things
                if type(case) is Case
            ]
        return []

    def can_do_without_waiting(self) -> bool:
        """Whether it is a select that need not wait, whoever else arrives or doesn't."""
        return self.kind == kinds.SELECT and any(
            case is default or (type(case) is Case and case.channel is not nil and case.ready())
            for case in self.things
        )

    def is_choice(self) -> bool:
        """Whether it is a select with more than one way to go."""
        return self.kind == kinds.SELECT and len(self.things) > 1

    def polls(self) -> bool:
        """Whether it is a select with default."""
        return self.kind == kinds.SELECT and default in self.things


class Restart(Exception):
    """The program does what makes a difference that was not looked at so far."""


class World:
    """What the rules have to know of a run besides the things themselves."""

    def __init__(self) -> None:
        self.now = 0
        self.main_has_returned = False
        self.operations: list[Operation] = []  # of all who could run
        self.looks_at_goroutines = False
        self.looks_at_output = False
        self.misuses_groups = False
        self.was_polled = False  # who sends without a buffer may have to be early to be seen
        self.counted: dict[int, list[int]] = defaultdict(list)  # additions that nobody took back
        self.used: dict[Any, list[int]] = defaultdict(list)  # who waits for a group, or adds to it
        self.read_locks: dict[tuple[int, int], int] = defaultdict(int)

    def fresh(self) -> World:
        """For another run: what was noticed of the program stays known."""
        world = World()
        world.looks_at_goroutines = self.looks_at_goroutines
        world.looks_at_output = self.looks_at_output
        world.misuses_groups = self.misuses_groups
        world.was_polled = self.was_polled
        return world

    def learn(self, other: World) -> None:
        """What was noticed elsewhere."""
        self.looks_at_goroutines |= other.looks_at_goroutines
        self.misuses_groups |= other.misuses_groups
        self.was_polled |= other.was_polled

    def is_offered(self, channel: Chan[Any], to: Goroutine) -> bool:
        """Whether another goroutine is about to send on an unbuffered channel."""
        return self._stands_at(channel, SEND, to, polling=False)

    def is_polled(self, channel: Chan[Any], by_others_than: Goroutine) -> bool:
        """Whether another goroutine's select is about to look whether somebody sends."""
        is_polled = self._stands_at(channel, RECV, by_others_than, polling=True)
        if is_polled and not self.was_polled:
            self.was_polled = True
            raise Restart
        return is_polled

    def _stands_at(
        self, channel: Chan[Any], direction: str, other: Goroutine, *, polling: bool
    ) -> bool:
        return any(
            operation.goroutine is not other
            and (not polling or operation.can_do_without_waiting())
            and (channel, direction) in operation.channels()
            for operation in self.operations
        )


# -- what is touched -------------------------------------------------------------------------------


def _nothing(operation: Operation, world: World) -> list[Touch]:
    return []


def _mode(mode: str) -> Callable[[Operation, World], list[Touch]]:
    def rule(operation: Operation, world: World) -> list[Touch]:
        thing = operation.things[0]
        return [Touch(id(thing), mode, thing)]

    return rule


def _channel(operation: Operation, world: World) -> list[Touch]:
    ((channel, direction),) = operation.channels()
    touches = _send(channel) if direction == SEND else _recv(channel)
    if channel._cap == 0 and world.is_polled(channel, operation.goroutine):
        return [touch._replace(mode=WRITE) for touch in touches]
    return touches


def _send(channel: Chan[Any]) -> list[Touch]:
    if channel is nil:
        return []
    if channel._closed:
        return [Touch(id(channel), READ, channel)]
    receiver = channel._recvq.first()
    if receiver is not None:
        return _served(channel, receiver, SEND if channel._cap == 0 else WRITE)
    if channel._cap and len(channel._buffer) < channel._cap:
        return [Touch(id(channel), SEND, channel)]
    return [Touch(id(channel), WRITE, channel)]


def _recv(channel: Chan[Any]) -> list[Touch]:
    if channel is nil:
        return []
    sender = channel._sendq.first()
    if isinstance(channel, _TimerChan):
        return [Touch(id(channel), WRITE, channel)]
    if sender is not None:
        return _served(channel, sender, WRITE)
    if channel._closed and not channel._buffer:
        return [Touch(id(channel), READ, channel)]
    if channel._cap and not channel._buffer:
        return [Touch(id(channel), WRITE, channel)]
    return [Touch(id(channel), RECV, channel)]


def _served(channel: Chan[Any], waiter: Any, mode: str) -> list[Touch]:
    """Who is served in a select leaves the queues of its other channels."""
    cases = waiter.goroutine.waiting_on
    if not isinstance(cases, list):
        return [Touch(id(channel), mode, channel)]
    channels = [channel, *(case.channel for case in cases)]
    return [Touch(id(one), WRITE, one) for one in dict.fromkeys(channels) if one is not nil]


def _select(operation: Operation, world: World) -> list[Touch]:
    """Of a select that takes none of its cases now: it takes default, or waits."""
    cases = [case for case in operation.things if type(case) is Case]
    if not operation.is_choice() and not operation.polls():
        return _channel(operation, world) if cases else []
    mode = READ if operation.polls() else WRITE
    channels = dict.fromkeys(case.channel for case in cases if case.channel is not nil)
    return [Touch(id(channel), mode, channel) for channel in channels]


def ready_cases(operation: Operation, world: World) -> list[int]:
    """The cases of a select that can go on at once, by their numbers."""
    return [
        number
        for number, case in enumerate(operation.things)
        if type(case) is Case and _is_ready(case, world)
    ]


def touches_of_case(case: Case) -> list[Touch]:
    """What a select touches that takes this case: nothing of the others."""
    return _send(case.channel) if case.direction == "send" else _recv(case.channel)


def looks_of_cases(operation: Operation, ready: list[int]) -> list[Touch]:
    """What could have made another case ready, or could have left it so.

    Default is a way to go only while no case is ready, so there it matters for each.
    """
    if operation.polls():
        ready = []
    others = [
        case.channel
        for number, case in enumerate(operation.things)
        if type(case) is Case and number not in ready and case.channel is not nil
    ]
    return [Touch(id(channel), WRITE, channel) for channel in dict.fromkeys(others)]


def _len(operation: Operation, world: World) -> list[Touch]:
    channel = operation.things[0]
    return [Touch(id(channel), READ, channel)] if channel._cap else []  # without a buffer it is 0


def _close(operation: Operation, world: World) -> list[Touch]:
    channel = operation.things[0]
    touches = [] if channel is nil else [Touch(id(channel), WRITE, channel)]
    for queue in () if channel is nil else (channel._recvq, channel._sendq):
        for waiter in queue.waiters:
            touches += _served(channel, waiter, WRITE)
    return touches


def _add(operation: Operation, world: World) -> list[Touch]:
    thing = operation.things[0]
    if not isinstance(thing, WaitGroup):
        return [Touch(id(thing), WRITE, thing)]
    if world.misuses_groups:
        return [Touch(id(thing), WRITE, thing)]
    return [Touch(id(thing), DONE if operation.things[1] < 0 else ADD, thing)]


def _wait(operation: Operation, world: World) -> list[Touch]:
    thing = operation.things[0]
    is_strict = world.misuses_groups
    mode = WAIT if isinstance(thing, WaitGroup) and not is_strict else WRITE
    return [Touch(id(thing), mode, thing)]


def _do(operation: Operation, world: World) -> list[Touch]:
    once = operation.things[0]
    return [Touch(id(once), SKIP if once._done else DO, once)]


def _rlock(operation: Operation, world: World) -> list[Touch]:
    return [Touch(id(operation.things[0]), RLOCK, operation.things[0])]


def _runlock(operation: Operation, world: World) -> list[Touch]:
    """Who unlocks what others have read-locked, or nobody, must be seen to come before them."""
    rw = operation.things[0]
    own = world.read_locks[operation.goroutine.id, id(rw)]
    return [Touch(id(rw), RUNLOCK if own > 0 else WRITE, rw)]


def _try_lock(operation: Operation, world: World) -> list[Touch]:
    lock = operation.things[0]
    if isinstance(lock, RWMutex):
        is_free = lock._readers == 0 and not lock._writers._starving
    else:
        is_free = not (lock._locked or lock._starving)
    return [Touch(id(lock), WRITE if is_free else READ, lock)]


def _try_rlock(operation: Operation, world: World) -> list[Touch]:
    lock = operation.things[0]
    return [Touch(id(lock), WRITE if lock._readers >= 0 else READ, lock)]


def _try_swap(operation: Operation, world: World) -> list[Touch]:
    thing, old = operation.things
    return [Touch(id(thing), WRITE if thing._same(thing._value, old) else READ, thing)]


def _map_look(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], READ)


def _map_change(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], WRITE)


def _map_leave(operation: Operation, world: World) -> list[Touch]:
    return _in_map(operation.things[0], WRITE if operation.things[1] == "write" else READ)


def waiting_receivers(channel: Chan[Any]) -> int:
    """How many stand in its queue."""
    return len(channel._receivers) - channel._recvq.stale


def _in_map(var: Any, mode: str) -> list[Touch]:
    return [Touch(id(var), READ, var), Touch(("map", id(var)), mode, var)]


def _context(mode: str) -> Callable[[Operation, World], list[Touch]]:
    def rule(operation: Operation, world: World) -> list[Touch]:
        context = _cancelled_with(operation.things[0])
        if context is None:
            return []
        touches = [Touch(id(_root(context)), mode, context)]
        if operation.kind == kinds.CANCEL:
            for one in context._family():
                one.done()  # so that there is a channel, by which others can be seen to look at it
                assert one._done is not None
                channel = one._done[0]
                touches.append(Touch(id(channel), WRITE, channel))
                for waiter in channel._recvq.waiters:
                    touches += _served(channel, waiter, WRITE)
        return touches

    return rule


def _cancelled_with(context: Any) -> CancelContext | None:
    return context if isinstance(context, CancelContext) else canceler_of(context)


def _root(context: CancelContext) -> CancelContext:
    """The eldest of the family: cancelling any of them may cancel any other."""
    above = canceler_of(context._parent)
    while above is not None:
        context, above = above, canceler_of(above._parent)
    return context


def _derive(operation: Operation, world: World) -> list[Touch]:
    return _context(WRITE)(operation, world) if operation.things[0] is not None else []


def _set(operation: Operation, world: World) -> list[Touch]:
    """A new timer is nobody else's yet; `context.after_func` hangs itself under a context."""
    if not operation.things:
        return []
    if isinstance(operation.things[0], (_TimerChan, Nil)) or not _is_context(operation.things[0]):
        return [Touch(id(operation.things[0]), WRITE, operation.things[0])]
    return _context(WRITE)(operation, world)


def _is_context(thing: Any) -> bool:
    return hasattr(thing, "done") and hasattr(thing, "err")


def _stop(operation: Operation, world: World) -> list[Touch]:
    if _is_context(operation.things[0]):
        return _context(WRITE)(operation, world)
    return [Touch(id(operation.things[0]), WRITE, operation.things[0])]


def _crash(operation: Operation, world: World) -> list[Touch]:
    return [Touch(THE_END if world.main_has_returned else EVERYTHING, WRITE)]


def _exit(operation: Operation, world: World) -> list[Touch]:
    touches = [Touch(THE_END, WRITE)]
    if world.looks_at_output:
        touches += [Touch(OUTPUT, READ), Touch(GOROUTINES, READ)]
    return touches


def _comes_or_goes(operation: Operation, world: World) -> list[Touch]:
    looked_at = world.looks_at_goroutines or world.looks_at_output
    return [Touch(GOROUTINES, START)] if looked_at else []


def _look_around(operation: Operation, world: World) -> list[Touch]:
    return [Touch(GOROUTINES, READ)]


def _processors(operation: Operation, world: World) -> list[Touch]:
    return [Touch("processors", WRITE)]


RULES: dict[str, Callable[[Operation, World], list[Touch]]] = {
    kinds.SEND: _channel,
    kinds.RECV: _channel,
    kinds.SELECT: _select,
    kinds.CLOSE: _close,
    kinds.LEN: _len,
    kinds.LOCK: _mode(LOCK),
    kinds.UNLOCK: _mode(UNLOCK),
    kinds.RLOCK: _rlock,
    kinds.RUNLOCK: _runlock,
    kinds.TRY_LOCK: _try_lock,
    kinds.TRY_RLOCK: _try_rlock,
    kinds.TRY_SWAP: _try_swap,
    kinds.ADD: _add,
    kinds.WAIT: _wait,
    kinds.DO: _do,
    kinds.DONE: _mode(END_DO),
    kinds.LOAD: _mode(READ),
    kinds.RANGE: _mode(READ),
    kinds.READ: _mode(READ),
    kinds.LOOK: _map_look,
    kinds.CHANGE: _map_change,
    kinds.LEAVE: _map_leave,
    kinds.ERR: _context(READ),
    kinds.CANCEL: _context(WRITE),
    kinds.DERIVE: _derive,
    kinds.SET: _set,
    kinds.STOP: _stop,
    kinds.SLEEP: _nothing,
    kinds.GOSCHED: _nothing,
    kinds.WORK: _processors,
    kinds.GO: _comes_or_goes,
    kinds.END: _comes_or_goes,
    kinds.GOROUTINES: _look_around,
    kinds.EXIT: _exit,
    kinds.CRASH: _crash,
    START: _nothing,
}


# -- what can go on --------------------------------------------------------------------------------


def _channel_goes(operation: Operation, world: World) -> bool:
    ((channel, direction),) = operation.channels()
    return _goes(channel, direction, operation.goroutine, world)


def _goes(channel: Chan[Any], direction: str, goroutine: Goroutine, world: World) -> bool:
    """Who receives without a buffer may arrive when somebody is about to send, who then goes on.

    Who sends may arrive first only where a select with default could look.
    """
    if channel is nil:
        return False
    if isinstance(channel, _TimerChan):
        return bool(channel._buffer) or (channel._when is not None and channel._when <= world.now)
    if direction == SEND:
        return channel._can_send() or (channel._cap == 0 and world.is_polled(channel, goroutine))
    return channel._can_recv() or (channel._cap == 0 and world.is_offered(channel, goroutine))


def _is_ready(case: Case, world: World) -> bool:
    channel = case.channel
    if channel is nil:
        return False
    if isinstance(channel, _TimerChan):
        return bool(channel._buffer) or (channel._when is not None and channel._when <= world.now)
    return case.ready()


def _select_goes(operation: Operation, world: World) -> bool:
    return operation.polls() or any(
        _goes(channel, direction, operation.goroutine, world)
        for channel, direction in operation.channels()
    )


def _lock_goes(operation: Operation, world: World) -> bool:
    lock = operation.things[0]
    mutex = lock._writers if isinstance(lock, RWMutex) else lock
    return not isinstance(mutex, Mutex) or not (mutex._locked or mutex._starving)


def _rlock_goes(operation: Operation, world: World) -> bool:
    return operation.things[0]._readers >= 0  # type: ignore[no-any-return]


def _wait_goes(operation: Operation, world: World) -> bool:
    thing = operation.things[0]
    return not isinstance(thing, WaitGroup) or thing._count == 0 or world.misuses_groups


def _do_goes(operation: Operation, world: World) -> bool:
    once: Once = operation.things[0]
    return once._done or not once._mutex._locked


GUARDS: dict[str, Callable[[Operation, World], bool]] = {
    kinds.SEND: _channel_goes,
    kinds.RECV: _channel_goes,
    kinds.SELECT: _select_goes,
    kinds.LOCK: _lock_goes,
    kinds.RLOCK: _rlock_goes,
    kinds.WAIT: _wait_goes,
    kinds.DO: _do_goes,
}
