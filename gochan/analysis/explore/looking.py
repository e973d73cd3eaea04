"""Whether a goroutine goes round in a loop, looking at what doesn't change.

`while not flag.load(): pass` can go round for ever. If nothing that it looks at has changed, nor
any of its own variables, the next round will be as this one, and the others may as well go first.
Where that can't be seen (a counter inside an object, a loop over an iterator), it is let go on for
a number of rounds; what comes after them is not explored.
"""

from __future__ import annotations

import dis
import sys
from collections import defaultdict
from functools import cache
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, MethodType
from typing import Any

from ...runtime.source import is_library, user_frame
from .touch import LOOKING, Touch

VALUES = (int, float, complex, str, bytes, bool, type(None))
FUNCTIONS = (FunctionType, BuiltinFunctionType, MethodType)
LONGEST = 50  # so many elements are compared
MOST_ROUNDS = 16  # of a loop that may or may not come to an end by itself
ANYTHING = "anything"
OWN = "gochan."  # what is the library's own is seen to change


class Sight:
    """Where a goroutine stands; `state` is all that it knows there, None if that can't be told."""

    __slots__ = ("place", "state")

    def __init__(self, place: tuple[Any, ...], state: tuple[Any, ...] | None) -> None:
        self.place = place
        self.state = state


class Places:
    """Where each goroutine of a run has looked; its variables are read when it comes back there."""

    def __init__(self) -> None:
        self._seen: set[tuple[Any, ...]] = set()

    def sight(self, goroutine: int) -> Sight | None:
        """What the goroutine that calls stands before; None where it stands the first time."""
        frame = user_frame(sys._getframe(2))
        if frame is None:
            return None
        place = goroutine, frame.f_code, frame.f_lasti
        if place not in self._seen:
            self._seen.add(place)
            return None
        return Sight(place, _state(frame))


def _state(frame: FrameType | None) -> tuple[Any, ...] | None:
    state: list[Any] = []
    while frame is not None:
        if not is_library(frame.f_code):
            if _hides(frame.f_code, frame.f_lasti):
                return None
            values = [_known(value) for value in frame.f_locals.values()]
            if any(value is None for value in values):
                return None
            state += [frame.f_code, frame.f_lasti, *values]
        frame = frame.f_back
    return tuple(state)


def _known(value: Any) -> Any:
    """Something that changes whenever the value does; None if there is no such thing."""
    if isinstance(value, VALUES):
        return type(value), value
    if type(value) in (list, tuple) and len(value) <= LONGEST:
        parts = tuple(_known(part) for part in value)
        return None if None in parts else (type(value), parts)
    if isinstance(value, FUNCTIONS) or type(value).__module__.startswith(OWN):
        return id(value)
    return None


@cache
def _hides(code: CodeType, at: int) -> bool:
    """Whether an iterator is under way here, or the function sets global variables."""
    for instruction in dis.get_instructions(code):
        if instruction.opname == "STORE_GLOBAL":
            return True
        if instruction.opname == "FOR_ITER" and instruction.offset <= at < instruction.argval:
            return True
    return False


class Rounds:
    """What the goroutines of a run have looked at again and again.

    Each place counts how often it was changed; who looks sees these numbers.
    """

    def __init__(self) -> None:
        self.held_back = False  # somebody who may have had more to do
        self._sights: set[Any] = set()  # what was looked at, from where, knowing what
        self._rounds: dict[Any, int] = defaultdict(int)  # how often it was
        self._changes: dict[Any, int] = defaultdict(int)  # of each place
        self._own_changes: dict[int, int] = defaultdict(int)  # made by each goroutine

    def clock_moved(self) -> None:
        """Time is something that a goroutine may have looked at."""
        self._changes[ANYTHING] += 1

    def has_seen(self, goroutine: int, look: Sight, touches: list[Touch]) -> bool:
        """Whether a goroutine would look again, and know no more than before."""
        places = self._versions(look.place, touches)
        if (look.state, self._own_changes[goroutine], places) in self._sights:
            return True
        is_over = self._rounds[places] >= MOST_ROUNDS
        self.held_back = self.held_back or is_over
        return is_over

    def note(self, goroutine: int, look: Sight | None, touches: list[Touch]) -> None:
        """A goroutine changes these places, or looks at them."""
        changed = [touch.place for touch in touches if touch.mode not in LOOKING]
        for place in changed:
            self._changes[place] += 1
        if changed:
            self._changes[ANYTHING] += 1
            self._own_changes[goroutine] += 1
        elif look is not None:
            places = self._versions(look.place, touches)
            self._rounds[places] += 1
            if look.state is not None:
                self._sights.add((look.state, self._own_changes[goroutine], places))

    def _versions(self, place: Any, touches: list[Touch]) -> tuple[Any, ...]:
        looked_at = [touch.place for touch in touches] or [ANYTHING]
        return place, *(self._changes[one] for one in looked_at)
