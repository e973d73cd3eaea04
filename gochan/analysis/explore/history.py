"""What the transitions of a run touched, and what of all before came before each in every order."""

# ruff: noqa: SLF001 - knows channels from the inside

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ...channel import Chan
from .operation import Candidate, Operation, Way
from .touch import RECV, SEND, WRITE, Touch, depend


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

    def __init__(self, index: int, way: Way, operation: Operation, touches: list[Touch]) -> None:
        self.index = index
        self.way = way
        self.operation = operation
        self.goroutine = operation.goroutine.id
        self.touches = touches
        self.looks: list[Touch] = []  # what could have given it another way to go
        self.known = 0  # what its goroutine knew before: a bit for each transition
        self.past = 0  # the same, with what it touches that others have touched
        self.era = 0  # how often the clock had moved
        self.node: Any = None  # where there was a choice
        self.able: list[Candidate] = []  # who could have gone instead
        self.blocked: frozenset[int] = frozenset()  # who could not


Touchers = list[tuple[Transition, str]]  # of one place, and how


class History:
    """The transitions of a run."""

    def __init__(self) -> None:
        self.transitions: list[Transition] = []
        self.last: Transition | None = None
        self.era = 0
        self.known: dict[int, int] = {0: 0, 1: 0}  # by each goroutine: a bit for each transition
        self._touched: dict[Any, Touchers] = defaultdict(list)

    def wakes(self, goroutine: int) -> None:
        """The last transition woke a goroutine, which knows it from now on."""
        if self.last is not None:
            self.known[goroutine] |= self.last.past | 1 << self.last.index

    def begin(
        self, chosen: Candidate, node: Any, able: list[Candidate], blocked: frozenset[int]
    ) -> Transition:
        """The chosen one's transition."""
        one = Transition(len(self.transitions), chosen.way, chosen.operation, list(chosen.touches))
        one.looks = chosen.looks
        one.era = self.era
        one.node = node
        one.able = able
        one.blocked = blocked
        one.known = self.known[one.goroutine]
        one.past = one.known
        self.transitions.append(one)
        self.last = one
        for touch in chosen.touches:
            self._touch(one, touch)
        self.known[one.goroutine] = one.past | 1 << one.index
        return one

    def touches_too(self, touch: Touch) -> None:
        """The last transition is seen to have touched more."""
        if self.last is not None:
            if touch not in self.last.touches:
                self.last.touches.append(touch)
            self._touch(self.last, touch)

    def _touch(self, transition: Transition, touch: Touch) -> None:
        place, mode, thing = touch
        history = self._touched[place]
        for earlier, its_mode in history:
            if earlier is not transition and depend(its_mode, mode):
                transition.past |= earlier.past | 1 << earlier.index
        if mode in (SEND, RECV):
            partner = _partner(history, mode, thing)
            if partner is not None:
                transition.past |= partner.past | 1 << partner.index
        history.append((transition, mode))

    def undone(self, way: Way, operation: Operation, touches: list[Touch]) -> Transition:
        """What was about to be done when the run came to its end."""
        one = Transition(len(self.transitions), way, operation, touches)
        one.era = self.era
        one.known = one.past = self.known[one.goroutine]
        return one


def _partner(history: Touchers, mode: str, channel: Chan[Any]) -> Transition | None:
    """The send that a receive needs, or the receive that makes room for a send.

    Without a buffer it is the other way round: the receiver arrives first, and the sender needs it.
    """
    since: Touchers = []
    for entry in history:
        if entry[1] == WRITE:
            since = []
        elif entry[1] in (SEND, RECV):
            since.append(entry)
    sends = [one for one, its_mode in since if its_mode == SEND]
    receives = [one for one, its_mode in since if its_mode == RECV]
    if channel.cap == 0:
        at_first = _waiting_receivers(channel) + len(sends) - len(receives)
        number, needed = len(sends) - at_first, receives if mode == SEND else []
    elif mode == RECV:
        at_first = channel.filled() + len(receives) - len(sends)
        number, needed = len(receives) - at_first, sends
    else:
        room = channel.cap - channel.filled() + len(sends) - len(receives)
        number, needed = len(sends) - room, receives
    return needed[number] if 0 <= number < len(needed) else None


def _waiting_receivers(channel: Chan[Any]) -> int:
    """How many stand in its queue."""
    return len(channel._receivers) - channel._recvq.stale
