"""The tree of choices, walked depth first: the same program again and again, each time differently.

Only one path is kept. A node knows who could go, who has gone, and who need not because he was
tried at a node above and nothing that he touches has happened since: he sleeps (Godefroid, "Using
partial orders to improve automatic verification methods", 1990).
"""

from __future__ import annotations

from typing import NamedTuple

from .guide import NotTheSame
from .history import Transition
from .operation import Candidate, Name, Way
from .touch import EVERYTHING, OUTPUT, Touch, depend
from .walker import Walker

NAIVE, PLAIN, SLEEP, DPOR = "naive", "plain", "sleep", "dpor"
BOUNDED = "bounded"  # all schedules with few preemptions
USUAL = SLEEP  # unless another is asked for


class Effects(NamedTuple):
    """What is known of a transition only once it was tried."""

    ends: bool = False  # the program
    prints: bool = False


class Node:
    """A point where several could go next."""

    __slots__ = ("ways", "kinds", "asleep", "todo", "done", "current", "effects", "hints")

    def __init__(self, candidates: list[Candidate], asleep: dict[Way, Effects]) -> None:
        self.ways = [one.way for one in candidates]
        self.kinds = [one.operation.kind for one in candidates]
        self.asleep = asleep
        self.todo: set[Way] = set()
        self.done: dict[Way, Effects] = {}
        self.current: Way = "", 0
        self.effects = Effects()
        self.hints: dict[Way, list[Name]] = {}  # who should follow

    def next(self) -> bool:
        """Goes on to somebody who has to be tried; False if nobody is left."""
        self.done[self.current] = self.effects
        self.effects = Effects()
        for way in self.ways:
            if way in self.todo and way not in self.done and way not in self.asleep:
                self.current = way
                return True
        return False

    def add(self, name: Name, hint: list[Name]) -> None:
        """This goroutine has to be tried, whichever way it goes, and then those in the hint."""
        for way in self.ways:
            if way[0] == name:
                self.todo.add(way)
                self.hints[way] = hint

    def has(self, name: Name) -> bool:
        """Whether this goroutine is to be tried, or need not be."""
        own = [way for way in self.ways if way[0] == name]
        return bool(own) and (own[0] in self.todo or all(way in self.asleep for way in own))

    def add_all(self) -> None:
        """Everybody has to be tried."""
        self.todo.update(self.ways)


class Lot:
    """A point where one of several ready cases is taken."""

    __slots__ = ("options", "index")

    def __init__(self, options: int) -> None:
        self.options = options
        self.index = 0

    def next(self) -> bool:
        """Goes on to the next case."""
        self.index += 1
        return self.index < self.options


Path = list[Node | Lot]


class Tree:
    """Guides one walker after the other, each down another path."""

    def __init__(
        self,
        reduction: str,
        start: Path | None = None,
        preemptions: int | None = None,
        floor: int | None = None,
    ) -> None:
        self.reduction = reduction
        self.preemptions = preemptions
        self.is_cut = False  # whether the bound left anything out
        self.settles = reduction != NAIVE
        self.waits = reduction in (SLEEP, DPOR, BOUNDED)
        self.sleeps = reduction in (SLEEP, DPOR)
        self.path = start or []
        self.floor = len(self.path) if floor is None else floor  # others go back further
        self.node: Node | None = None  # the one that the walker stands at
        self.fresh = 0  # from this transition on, this run is another than those before
        self._depth = 0
        self._known = 0
        self._hints: list[Name] = []
        self._touches: dict[Way, list[Touch]] = {}

    def begin(self) -> None:
        """A new run begins, at the root."""
        self._depth = self.fresh = 0
        self._known = len(self.path)
        self._touches = {}
        self.node = None
        last = self.path[-1] if self.path else None
        self._hints = list(last.hints.get(last.current, [])) if isinstance(last, Node) else []

    # -- the way down ------------------------------------------------------------------------------

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate | None:
        """The one who is to be tried here; None if all are asleep."""
        if self.preemptions is not None:
            candidates = self._allowed(walker, candidates)
        is_known = self._depth < self._known
        node = self._follow(candidates) if is_known else self._grow(walker, candidates)
        self.node = node
        if node is None:
            return None
        if self._depth >= self._known:  # from here on it is new: who sleeps has to be found out
            if not self.fresh and self._depth == self._known:
                self.fresh = len(walker.transitions)
            if self.sleeps:
                self._touches = {one.way: one.touches for one in candidates}
        return next(one for one in candidates if one.way == node.current)

    def _allowed(self, walker: Walker, candidates: list[Candidate]) -> list[Candidate]:
        """Who runs goes on if he can, once he has been interrupted often enough."""
        assert self.preemptions is not None
        running = [one for one in candidates if one.operation.goroutine.id == walker.running]
        if not running or walker.preemptions < self.preemptions:
            return candidates
        self.is_cut = self.is_cut or len(running) < len(candidates)
        return running

    def _follow(self, candidates: list[Candidate]) -> Node:
        node = self.path[self._depth]
        self._depth += 1
        if (
            not isinstance(node, Node)
            or node.ways != [one.way for one in candidates]
            or node.kinds != [one.operation.kind for one in candidates]
        ):
            raise NotTheSame
        return node

    def _grow(self, walker: Walker, candidates: list[Candidate]) -> Node | None:
        node = Node(candidates, self._who_sleeps(walker))
        awake = [one for one in candidates if one.way not in node.asleep]
        if not awake:
            return None
        running = walker.running
        first = next((one for one in awake if one.operation.goroutine.id == running), awake[0])
        first = self._hinted(awake) or first
        node.current = first.way
        if self.reduction == DPOR:
            node.add(first.way[0], [])
            # Who meets a select that has come may never do so later: no run need show that.
            node.todo.update(one.way for one in awake if one.arrives)
        else:
            node.add_all()
        self.path.append(node)
        self._depth += 1
        return node

    def _hinted(self, awake: list[Candidate]) -> Candidate | None:
        for name in self._hints:
            for one in awake:
                if one.way[0] == name:
                    self._hints.remove(name)
                    return one
        return None

    def _who_sleeps(self, walker: Walker) -> dict[Way, Effects]:
        if not self.sleeps or self.node is None:
            return {}
        above, last = self.node, walker.transitions[-1]
        tried = {**above.asleep, **above.done}
        tried.pop(above.current, None)
        return {
            way: effects
            for way, effects in tried.items()
            if way in self._touches
            and way[0] != last.way[0]
            and independent(self._touches[way], effects, last)
        }

    def which(self, walker: Walker, options: int) -> int:
        """The case to be tried here."""
        if self._depth < self._known:
            lot = self.path[self._depth]
        else:
            lot = Lot(options)
            self.path.append(lot)
        if not isinstance(lot, Lot) or lot.options != options:
            raise NotTheSame
        self._depth += 1
        return lot.index

    # -- and back ----------------------------------------------------------------------------------

    def end(self, walker: Walker, ended: bool) -> None:
        """A run is over; `ended`: it was the last transition that ended the program."""
        for transition in walker.transitions:
            node = transition.node
            if node is not None:
                prints = any(touch.place is OUTPUT for touch in transition.touches)
                is_last = transition is walker.transitions[-1]
                node.effects = Effects(
                    node.effects.ends or (ended and is_last), node.effects.prints or prints
                )

    def next(self) -> bool:
        """Goes back to the last point where something is left to try; False if there is none."""
        while len(self.path) > self.floor:
            if self.path[-1].next():
                return True
            self.path.pop()
        return False


def independent(touches: list[Touch], effects: Effects, last: Transition) -> bool:
    """Whether what touches these would come to the same after the last transition as before it."""
    if effects.ends:
        return False
    for touch in last.touches:
        if touch.place is EVERYTHING or (effects.prints and touch.place is OUTPUT):
            return False
        for other in touches:
            if other.place is EVERYTHING:
                return False
            if other.place == touch.place and depend(touch.mode, other.mode):
                return False
    return True
