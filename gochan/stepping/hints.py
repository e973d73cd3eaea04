"""The next right move, found by search from where the player stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..analysis.explore.lots import Lots
from ..analysis.explore.operation import Restart, Way
from ..analysis.explore.tree import SLEEP, Tree
from .game import Game, Played
from .goals import RACE, is_reached, lost_update
from .hand import Hand, NoSuchMove

BY_TREE, BY_LOT = 12_000, 3_000  # transitions of all runs together, so that it takes a second


class Hint(NamedTuple):
    """What to do next: `move`, and `left` moves to the goal with it.

    `move` is None if the goal can't be reached from here; then `undo` says how many moves have to
    be taken back (None: it was never reached). `is_certain`: every way on was tried, so `left` is
    the least, and what can't be reached can't.
    """

    move: Way | None
    left: int
    undo: int | None
    is_certain: bool


class Found(NamedTuple):
    """The shortest list of moves that comes to the goal, and whether all were tried."""

    moves: tuple[Way, ...] | None
    is_certain: bool


class Hints:
    """Finds hints for one game, and remembers the way it has shown."""

    def __init__(self, game: Game) -> None:
        self._game = game
        self._plan: Found | None = None

    def after(self, moves: Sequence[Way]) -> Hint:
        """What to do after these moves."""
        moves = tuple(moves)
        plan = self._plan
        if plan is None or plan.moves is None or plan.moves[: len(moves)] != moves:
            plan = search(self._game, moves)
        if plan.moves is None or len(plan.moves) <= len(moves):
            return Hint(None, 0, self._undo(moves), plan.is_certain)
        self._plan = plan
        return Hint(plan.moves[len(moves)], len(plan.moves) - len(moves), None, plan.is_certain)

    def _undo(self, moves: tuple[Way, ...]) -> int | None:
        """How many moves to take back: what can be reached after some, can be after fewer."""
        best: Found | None = None
        least, most = 0, len(moves)  # after `most` it can't be reached
        while least < most:
            middle = (least + most) // 2
            found = search(self._game, moves[:middle])
            if found.moves is not None:
                best, least = found, middle + 1
            else:
                most = middle
        if best is None:
            return None
        self._plan = best
        return len(moves) - (least - 1)


def search(game: Game, moves: tuple[Way, ...]) -> Found:
    """The shortest way from there to the goal, among as many runs as there is time for."""
    tree, best, spent = Tree(SLEEP), None, 0
    while spent < BY_TREE:
        tree.begin()
        try:
            played = game.once(Hand(moves, tree))
        except Restart:
            tree = Tree(SLEEP)
            continue
        except NoSuchMove:
            return Found(None, False)
        spent += len(played.walker.transitions)
        best = _shorter(best, _way_to_goal(game, played))
        game.go_back(tree, played)
        if not tree.next():
            return Found(best, True)
    seed = 0
    while spent < BY_TREE + BY_LOT:
        seed += 1
        try:
            played = game.once(Hand(moves, Lots(seed)))
        except Restart:
            continue
        spent += len(played.walker.transitions)
        best = _shorter(best, _way_to_goal(game, played))
    return Found(best, False)


def _shorter(best: tuple[Way, ...] | None, other: tuple[Way, ...] | None) -> tuple[Way, ...] | None:
    if best is None or other is None:
        return best or other
    return min(best, other, key=len)


def _way_to_goal(game: Game, played: Played) -> tuple[Way, ...] | None:
    """The moves of a run up to the goal; None if it didn't come there."""
    if game.goal == RACE:
        lost = lost_update(played.recorder.trace(sources=False).events)
        if lost is None:
            return None
        return tuple(played.hand.taken[: sum(step < lost.step for step in played.hand.steps)])
    if not is_reached(game.goal, played.outcomes, ()):
        return None
    return tuple(played.hand.taken)
