"""What a program is at after some moves, as plain data with words in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.explore.operation import Candidate, Operation, Way
from ..analysis.explore.verdict import Outcome
from ..analysis.waits import helpers
from ..analysis.words import Names, sentences
from ..runtime import event as kinds
from ..runtime.clock import duration_text
from ..runtime.goroutine import SLEEP
from ..runtime.schedule import Schedule
from ..trace.trace import Event, Trace
from .goals import RACE, is_reached, lost_update
from .hand import LOT, Stand, View
from .things import ChannelNow, ThingNow, channels_now, holders, things_now
from .words import deed, obstacle, parked, reason, things_of

if TYPE_CHECKING:
    from .game import Game, Played

NOT_TOLD = (kinds.YIELD, kinds.RUN)  # every choice makes somebody stand back
CAN_GO, BLOCKED, SLEEPING = "can go", "blocked", "sleeping"
THE_CLOCK = "the clock"


class Option(NamedTuple):
    """A move that can be made now: `way` makes it, `who` would `text`."""

    way: Way
    goroutine: int
    who: str
    text: str


class Standing(NamedTuple):
    """A goroutine that is there: where it stands, and what it is about to do or waits for.

    `state` is "can go", "blocked" or "sleeping"; `why` says what hinders it, `since` after which
    move it got there (0: before the first), `wakers` who could help; `options` are the indices of
    its moves.
    """

    goroutine: int
    who: str
    state: str
    text: str
    why: str
    since: int
    wakers: tuple[str, ...]
    file: str
    line: int
    options: tuple[int, ...]


class Told(NamedTuple):
    """A move that was made, and what came of it."""

    who: str
    text: str


class Ending(NamedTuple):
    """How it ended: `kind` and `detail` as `explore` has them; `is_won` if that was the goal."""

    kind: str
    detail: str
    is_won: bool


@dataclass(frozen=True)
class Position:
    """What a program is at after `moves`; `ending` is None as long as somebody can go on.

    `start` tells what happened before the first move, `told` what each of them did. `schedule`
    replays them with `run`.
    """

    moves: tuple[Way, ...]
    start: str
    told: tuple[Told, ...]
    options: tuple[Option, ...]
    standings: tuple[Standing, ...]
    channels: tuple[ChannelNow, ...]
    things: tuple[ThingNow, ...]
    output: str
    time: str
    has_returned: bool
    schedule: Schedule
    ending: Ending | None
    outcomes: tuple[Outcome, ...]


def position(game: Game, played: Played) -> Position:
    """Tells what a run came to that a Hand has followed, and maybe stopped."""
    return _Teller(game, played).position()


def _place(goroutine: int, at: int) -> tuple[bool, int, int]:
    """In the order of the goroutines, the clock last: keys should not change hands."""
    return goroutine == 0, goroutine, at


class _Teller:
    def __init__(self, game: Game, played: Played) -> None:
        self.game = game
        self.played = played
        self.hand = played.hand
        self.trace: Trace = played.recorder.trace(sources=False)
        self.name_of: Callable[[Any], str] = lambda thing: played.recorder.name_of(thing) or ""
        self.names = Names(self.trace)
        self.keys = dict(played.walker.names_of)
        self.ids = {key: number for number, key in self.keys.items()}
        self.holders = holders(self.trace.events)
        self.blocks = {e.goroutine: e for e in self.trace.events if e.kind == kinds.BLOCK}

    def position(self) -> Position:
        options = self._options()
        standings = self._standings(options)
        waiting = self._waiting()
        start, told = self._told()
        walker = self.played.walker
        return Position(
            moves=tuple(self.hand.taken),
            start=start,
            told=told,
            options=options,
            standings=standings,
            channels=channels_now(self.played.tape, self._pending(), self.name_of, waiting),
            things=things_now(self.played.tape, self._pending(), self.name_of, self._holder),
            output=self.trace.output,
            time=duration_text(self.played.run.clock.now),
            has_returned=walker.world.main_has_returned,
            schedule=Schedule(choices=tuple(walker.choices)),
            ending=self._ending(),
            outcomes=self.played.outcomes,
        )

    # -- what can be done --------------------------------------------------------------------------

    def _options(self) -> tuple[Option, ...]:
        view = self.hand.view
        if view is None or self._is_lost():
            return ()
        order = sorted(
            range(len(view.candidates)),
            key=lambda at: _place(view.candidates[at].operation.goroutine.id, at),
        )
        lots = [
            Option((LOT, index), 0, "by lot", f"the one at place {index}")
            for index in range(view.lots)
        ]
        return (*(self._option(view, at) for at in order), *lots)

    def _option(self, view: View, at: int) -> Option:
        one = view.candidates[at]
        number = one.operation.goroutine.id
        if number == 0:
            return Option(one.way, 0, THE_CLOCK, f"go on to {view.next_timer}")
        return Option(one.way, number, self.names(number), self._deed(view, one, view.goes[at]))

    def _deed(self, view: View, one: Candidate, goes: bool) -> str:
        number = one.operation.goroutine.id
        shown = next((s.value for s in view.stands if s.goroutine == number), None)
        return deed(one.operation, one.way[1], self.name_of, shown, goes)

    def _is_lost(self) -> bool:
        return self.game.goal == RACE and is_reached(RACE, (), self.trace.events)

    # -- who is where ------------------------------------------------------------------------------

    def _standings(self, options: tuple[Option, ...]) -> tuple[Standing, ...]:
        view = self.hand.view
        if view is None:
            return self._left()
        able = {one.operation.goroutine.id for one in view.candidates}
        return tuple(
            self._standing(stand, options, stand.goroutine in able) for stand in view.stands
        )

    def _standing(self, stand: Stand, options: tuple[Option, ...], can_go: bool) -> Standing:
        own = tuple(k for k, one in enumerate(options) if one.goroutine == stand.goroutine)
        text, why, since, on = "", "", len(self.hand.taken), ("", "")
        state = CAN_GO if can_go else BLOCKED
        operation = stand.operation
        if operation is not None:
            text = deed(operation, -1, self.name_of, stand.value, True)
            since = bisect_left(self.hand.transitions, stand.since or 0)
            on = reason(operation), things_of(operation, self.name_of)
            why = "" if can_go else obstacle(operation, self.name_of, self._holder)
        elif stand.reason is not None:
            return self._parked(stand.goroutine, stand.reason, stand.place.file, stand.place.line)
        else:
            text = "begin"
        wakers = self._wakers(stand.goroutine, *on) if state == BLOCKED else ()
        return Standing(
            stand.goroutine,
            self.names(stand.goroutine),
            state,
            text,
            why,
            since,
            wakers,
            stand.place.file,
            stand.place.line,
            own,
        )

    def _left(self) -> tuple[Standing, ...]:
        """Of a run that is over: who was still there."""
        return tuple(
            self._parked(info.id, info.state, info.where.file, info.where.line)
            for info in self.played.run.left
        )

    def _parked(self, number: int, why: str, file: str, line: int) -> Standing:
        block = self.blocks.get(number)
        thing = (block.object if block is not None else None) or ""
        since = self._since(number)
        is_asleep = why == SLEEP
        is_over = self.hand.view is None and why in ("runnable", "running")
        return Standing(
            number,
            self.names(number),
            CAN_GO if is_over else SLEEPING if is_asleep else BLOCKED,
            "could go on, but the program is over" if is_over else "",
            "" if is_over else parked(why, thing),
            since,
            () if is_over else (THE_CLOCK,) if is_asleep else self._wakers(number, why, thing),
            file,
            line,
            (),
        )

    def _since(self, number: int) -> int:
        """After which move one that is parked came to where it is: its own, or before it."""
        own = [one for one in self.played.walker.transitions if one.goroutine == number]
        if not own:
            return 0
        if own[-1].index in self.hand.transitions:
            return self.hand.transitions.index(own[-1].index) + 1
        return bisect_left(self.hand.transitions, own[-1].operation.since)

    # -- who could help ----------------------------------------------------------------------------

    def _wakers(self, number: int, why: str, thing: str) -> tuple[str, ...]:
        """Who could wake it: who holds the lock, or did the opposite in some run of the program."""
        if thing in self.holders and why in ("sync.Mutex.Lock", "sync.RWMutex.RLock"):
            by = self.holders[thing]
            return ("itself" if by == number else self.names(by),)
        keys = helpers(why, thing, self.game.users)
        found = [self._called(key) for key in sorted(keys) if key != self.keys.get(number)]
        return tuple(dict.fromkeys(name for name in found if name))

    def _called(self, key: Any) -> str:
        """A goroutine's name; nothing if it has ended."""
        if key == "0":
            return THE_CLOCK
        number = self.ids.get(key)
        if number is None:
            return self.game.known.get(key, "")
        return self.names(number) if number in self._alive() else ""

    def _alive(self) -> set[int]:
        view = self.hand.view
        if view is not None:
            return {stand.goroutine for stand in view.stands}
        return {info.id for info in self.played.run.left}

    def _holder(self, name: str) -> str | None:
        return self.names(self.holders[name]) if name in self.holders else None

    def _pending(self) -> list[Operation]:
        view = self.hand.view
        return [s.operation for s in view.stands if s.operation is not None] if view else []

    def _waiting(self) -> list[tuple[str, str, str]]:
        """Who waits at which end of which channel: name, reason, thing."""
        view = self.hand.view
        found = []
        for stand in view.stands if view is not None else ():
            operation = stand.operation
            if operation is not None:
                on = reason(operation), things_of(operation, self.name_of)
                found.append((self.names(stand.goroutine), *on))
        waiting = {s.goroutine for s in view.stands if s.reason} if view else self._alive()
        for number, block in self.blocks.items():
            if number in waiting:
                found.append((self.names(number), block.value or "", block.object or ""))
        return found

    # -- what happened -----------------------------------------------------------------------------

    def _told(self) -> tuple[str, tuple[Told, ...]]:
        """What happened before the first move, and in each."""
        events = tuple(one for one in self.trace.events if self._is_told(one))
        trace = replace(self.trace, events=events)
        parts: list[list[str]] = [[] for _ in range(len(self.hand.steps) + 1)]
        for step, sentence in zip(trace.steps(), sentences(trace), strict=True):
            if sentence:
                parts[bisect_left(self.hand.steps, step[0].step)].append(sentence)
        told = [
            Told(self._who(way), " ".join(part) or self._untold(at, way))
            for at, (way, part) in enumerate(zip(self.hand.taken, parts[1:], strict=True))
        ]
        return " ".join(parts[0]), tuple(told)

    def _is_told(self, event: Event) -> bool:
        """Who could only wait was shown so before; that it does is news in its own move only.

        Others do so when nobody can go on, or a timer comes next.
        """
        if event.kind != kinds.BLOCK or event.value == SLEEP:
            return event.kind not in NOT_TOLD
        move = bisect_left(self.hand.steps, event.step) - 1
        return move >= 0 and self.ids.get(self.hand.taken[move][0]) == event.goroutine

    def _untold(self, at: int, way: Way) -> str:
        """A move that left nothing in the trace."""
        made = self.played.walker.transitions[self.hand.transitions[at] :][:1]
        if way[0] == LOT or not made:
            return f"{self._who(way)} goes on."
        return f"{self._who(way)}: {deed(made[0].operation, way[1], self.name_of, None, True)}."

    def _who(self, way: Way) -> str:
        if way[0] == LOT:
            return "by lot"
        return self.names(self.ids[way[0]]) if way[0] in self.ids else THE_CLOCK

    def _ending(self) -> Ending | None:
        lost = lost_update(self.trace.events) if self.game.goal == RACE else None
        if lost is not None:
            by, whose = self.names(lost.writer), self.names(lost.lost_by)
            text = f"{by} wrote {lost.value} to {lost.thing} and never saw {whose}'s {lost.lost}"
            return Ending(RACE, text, True)
        if self.hand.view is not None:
            return None
        outcomes = self.played.outcomes
        is_won = is_reached(self.game.goal, outcomes, self.trace.events)
        shown = outcomes[-1] if is_won else outcomes[0]
        return Ending(shown.kind, shown.detail, is_won)
