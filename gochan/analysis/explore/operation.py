"""What goroutines are about to do, and what has to be known of a run to judge it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ...channel import Chan, nil
from ...runtime import event as kinds
from ...runtime.goroutine import Goroutine
from ...selecting import Case, default
from .looking import Sight
from .touch import RECV, SEND, Touch

# A goroutine by who started it, and as the how-manieth: "1.2" is the second that main started. Ids
# count in the order of the `go` statements, which a schedule may change.
Name = str
Way = tuple[Name, int]  # a goroutine, and the case that its select takes; WHOLE for all else
WHOLE = -1


class Operation:
    """What a goroutine is about to do, `kind` to `things`."""

    __slots__ = ("goroutine", "kind", "things", "since", "look", "touches", "candidate")

    def __init__(
        self, goroutine: Goroutine, kind: str, things: tuple[Any, ...], since: int
    ) -> None:
        self.goroutine = goroutine
        self.kind = kind
        self.things = things
        self.since = since  # so many transitions there had been when it was announced
        self.look: Sight | None = None  # what it sees from where it stands, if it only looks
        self.touches: list[Touch] | None = None  # if it touches the same whatever others do
        self.candidate: Candidate | None = None  # its way to go, if it has only one

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


class Candidate:
    """A goroutine that could go next: its place in the run queue, and what it would touch.

    `looks` is what could have given it another way to go.
    """

    __slots__ = ("index", "way", "operation", "touches", "looks")

    def __init__(self, index: int, way: Way, operation: Operation, touches: list[Touch]) -> None:
        self.index = index
        self.way = way
        self.operation = operation
        self.touches = touches
        self.looks: list[Touch] = []

    @property
    def arrives(self) -> bool:
        """Whether it is a select that only comes to stand where others can meet it."""
        return self.way[1] == WHOLE and self.operation.is_choice()


class Restart(Exception):
    """The program does what makes a difference that was not looked at so far."""


class World:
    """What the rules have to know of a run besides the things themselves."""

    def __init__(self) -> None:
        self.now = 0
        self.any_time = False  # timers may fire while others could go on
        self.main_has_returned = False
        self.operations: list[Operation] = []  # of all who could run
        self.looks_at_goroutines = False
        self.looks_at_output = False
        self.misuses_groups = False
        self.was_polled = False  # who sends without a buffer may have to be early to be seen
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
        for operation in self.operations:  # asked very often: what is seldom is asked first
            if polling and operation.kind != kinds.SELECT:
                continue
            if (
                operation.goroutine is not other
                and (channel, direction) in operation.channels()
                and (not polling or operation.can_do_without_waiting())
            ):
                return True
        return False
