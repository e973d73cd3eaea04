"""The guide that goes where it is told, and looks around where it was told no more."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any, Protocol

from greenlet import getcurrent

from ..analysis.explore.guards import can_go
from ..analysis.explore.operation import Candidate, Name, Operation, Way
from ..analysis.explore.walker import Walker
from ..runtime.clock import duration_text
from ..runtime.goroutine import Goroutine, info_of
from ..runtime.schedule import CLOCK_CHOICE, Schedule
from ..runtime.shown import short_repr
from ..runtime.source import Where, user_frame, where

LOT = ""  # in the place of a goroutine, where one of several equal things is drawn
GIVES_VALUE = ("send", "value", "store")  # methods that have an argument `value`


class NoSuchMove(Exception):
    """The move that comes next can't be made here."""


class Guide(Protocol):
    """Who decides once the moves are used up."""

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """Who goes next; None to give up this run."""

    def which(self, walker: Walker, options: int) -> int:
        """The index of one of several."""


@dataclass(frozen=True)
class Stand:
    """Where a goroutine is, before names are known.

    `operation` is what it is about to do, `value` what it would send or write; `reason` and
    `waiting_on` are those of one that is parked; `since` counts transitions, None if unknown.
    """

    goroutine: int
    key: Name
    place: Where
    operation: Operation | None
    value: str | None
    reason: str | None
    waiting_on: Any
    since: int | None


@dataclass(frozen=True)
class View:
    """What can be seen where a run was stopped."""

    candidates: tuple[Candidate, ...]
    goes: tuple[bool, ...]  # whether it would do something, and not just arrive and wait
    lots: int
    stands: tuple[Stand, ...]
    next_timer: str | None


class Hand:
    """Follows moves; then others decide, or the run is stopped and seen.

    After main's return whoever is the only one that can go does so without being asked.

    Parameters
    ----------
    moves
        Who goes, at each point where somebody has to.
    beyond
        Who decides after them; if None, the run is stopped and `view` says what is there.
    """

    settles = waits = True

    def __init__(self, moves: Sequence[Way], beyond: Guide | None = None) -> None:
        self.moves = tuple(moves)
        self.beyond = beyond
        self.node: Any = None
        self.taken: list[Way] = []
        self.transitions: list[int] = []  # how many there had been before each move
        self.steps: list[int] = []  # likewise
        self.view: View | None = None

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """The next move's; None if there is none."""
        is_forced = walker.world.main_has_returned and len(candidates) == 1
        if len(self.taken) < len(self.moves):
            chosen = candidates[0] if is_forced else self._find(candidates)
        elif self.beyond is not None:
            found = self.beyond.who(walker, candidates)
            self.node = getattr(self.beyond, "node", None)
            if found is None:
                return None
            chosen = found
        elif is_forced:
            chosen = candidates[0]
        else:
            self.view = _view(walker, candidates)
            return None
        if not is_forced:
            self._note(walker, chosen.way)
        return chosen

    def which(self, walker: Walker, options: int) -> int:
        """The next move's case; cases are drawn only where nothing else tells them apart."""
        at = len(self.taken)
        if at < len(self.moves):
            name, index = self.moves[at]
            if name != LOT or not 0 <= index < options:
                raise NoSuchMove
        elif self.beyond is not None:
            index = self.beyond.which(walker, options)
        else:
            self.view = _view(walker, [], options)
            raise NoSuchMove
        self._note(walker, (LOT, index))
        return index

    def _find(self, candidates: list[Candidate]) -> Candidate:
        way = self.moves[len(self.taken)]
        for one in candidates:
            if one.way == way:
                return one
        raise NoSuchMove

    def _note(self, walker: Walker, way: Way) -> None:
        self.taken.append(way)
        self.transitions.append(len(walker.transitions))
        self.steps.append(walker.run.steps)


class Following:
    """Goes as a schedule says, as long as that asks at the same points as a Hand does."""

    def __init__(self, schedule: Schedule) -> None:
        self._choices = schedule.choices

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """Whom the schedule names next; None where it ends."""
        made = len(walker.choices)
        rest = self._choices[made:]
        if tuple(walker.choices) != self._choices[:made]:
            return None
        if not rest:  # it is silent where there is no choice
            is_alone = len(candidates) == len(walker.run.queue) == 1
            return candidates[0] if is_alone else None
        own = candidates
        if rest[0] == CLOCK_CHOICE:
            own = [one for one in candidates if one.operation.goroutine.id == 0]
        elif len(walker.run.queue) > 1:
            own = [one for one in candidates if f"g{one.operation.goroutine.id}" == rest[0]]
            rest = rest[1:]
        of_case = [one for one in own if rest and f"c{one.way[1]}" == rest[0]]
        return next(iter(of_case or own), None)

    def which(self, walker: Walker, options: int) -> int:
        """The place that the schedule names; if that was the wrong one, `who` goes no further."""
        made = len(walker.choices)
        return next((k for k in range(options) if self._choices[made : made + 1] == (f"c{k}",)), 0)


# -- looking around --------------------------------------------------------------------------------


def _view(walker: Walker, candidates: list[Candidate], lots: int = 0) -> View:
    world, run = walker.world, walker.run
    operations = {one.goroutine.id: one for one in world.operations}
    timer = run.clock.next()
    return View(
        candidates=tuple(candidates),
        goes=tuple(one.operation.goroutine.id == 0 or _goes(one, walker) for one in candidates),
        lots=lots,
        stands=tuple(
            _stand(walker, one, operations.get(one.id))
            for one in run.alive()
            if one.resume is not None or one in run.queue
        ),
        next_timer=None if timer is None else duration_text(timer),
    )


def _goes(candidate: Candidate, walker: Walker) -> bool:
    """Whether the operation is done at once, whoever is about to come and meet it."""
    operation = candidate.operation
    if candidate.way[1] >= 0 or operation.polls():
        return True
    for channel, direction in operation.channels():
        return channel._can_send() if direction == "send" else channel._can_recv()  # noqa: SLF001
    return can_go(operation, walker.world)


def _stand(walker: Walker, goroutine: Goroutine, operation: Operation | None) -> Stand:
    frame = _frame(goroutine)
    own = user_frame(frame)
    if goroutine.reason is not None:
        operation = None
    return Stand(
        goroutine=goroutine.id,
        key=walker.names_of.get(goroutine.id, ""),
        place=where(own) if own is not None else info_of(goroutine).where,
        operation=operation,
        value=_value(frame),
        reason=goroutine.reason,
        waiting_on=goroutine.waiting_on if goroutine.reason is not None else None,
        since=operation.since if operation is not None else None,
    )


def _frame(goroutine: Goroutine) -> FrameType | None:
    """The innermost frame; the goroutine that was the last to run stands below this one."""
    worker = goroutine.worker
    if worker is None:
        return None
    if worker is getcurrent():
        return sys._getframe(1)
    frame: FrameType | None = worker.gr_frame
    return frame


def _value(frame: FrameType | None) -> str | None:
    """What the operation that a goroutine stands in would send or write."""
    own = user_frame(frame)
    while frame is not None and frame is not own:
        if frame.f_code.co_name in GIVES_VALUE and "value" in frame.f_locals:
            return short_repr(frame.f_locals["value"])
        frame = frame.f_back
    return None
