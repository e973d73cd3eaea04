"""One search by several workers: each takes a part of the tree.

The tree is opened from the root until there are enough parts. At its opened nodes every way is
tried, so no part has to know what another one finds. What sleeps at a node is known to its part.
The budget is dealt out in rounds: who has used up his share tells where he stands, and goes on from
there with a share of what the others have left over.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, as_completed
from copy import copy
from dataclasses import dataclass, replace

from ...runtime.output import routed
from .operation import Way, World
from .search import BY_LOT, MOST_PATHS, Found, Plan, Search
from .tree import DPOR, SLEEP, Effects, Lot, Node, Path, Tree

PARTS = 32
MOST_RUNS = 200  # to open the tree with


@dataclass
class Part:
    """A part of the tree that is still to be searched: behind the first `floor` of the path."""

    path: Path
    floor: int


@dataclass
class Searched:
    """What came of a part, whether it left anything out, and what is left of it for later.

    `world` says what was noticed of the program if all has to be done again because of that.
    """

    found: Found
    is_cut: bool
    rest: Part | None = None
    world: World | None = None


class SharedSearch(Search):
    """A search whose tree is gone through wherever the executor runs its parts."""

    def __init__(self, plan: Plan, executor: Executor) -> None:
        super().__init__(plan)
        self._executor = executor

    def through_the_tree(self) -> bool | None:
        """As if one had searched it alone."""
        parts = self._open()
        while parts:
            budget = self.left(1 - BY_LOT)
            if budget == 0:
                return False
            parts, later = parts[:budget], parts[budget:]
            rest = self._search(parts, budget)
            if rest is None:
                return None
            parts = later + rest
        return None if parts is None else True

    # -- a round -----------------------------------------------------------------------------------

    def _search(self, parts: list[Part], budget: int) -> list[Part] | None:
        """What is left of these parts; None if all has to be done again."""
        share = replace(
            self.plan,
            max_runs=budget // len(parts),
            seconds=self.seconds_left(1 - BY_LOT),
            progress=None,
        )
        world = self.world.fresh()
        futures = [self._executor.submit(search_part, share, world, part) for part in parts]
        rest: list[Part] = []
        is_right = True
        try:
            for future in as_completed(futures):
                part = _result(future)
                if part.world is not None:
                    self.world.learn(part.world)
                    is_right = False
                if part.rest is not None:
                    rest.append(part.rest)
                self._merge(part)
                self.tell_progress()
        finally:
            for future in futures:  # if one of them failed
                future.cancel()
        return rest if is_right else None

    def _merge(self, part: Searched) -> None:
        found, more = self.found, part.found
        found.outcomes += more.outcomes
        for outcome, best in more.best.items():
            found.keep(outcome, best)
        found.paths = (found.paths + more.paths)[:MOST_PATHS]
        found.runs += more.runs
        for text in more.notes:
            found.note(text)
        self.is_cut |= part.is_cut

    # -- opening the tree --------------------------------------------------------------------------

    def _open(self) -> list[Part] | None:
        """The ways to the parts; None if it has to be done again."""
        closed: list[Path] = [[]]
        leaves: list[Path] = []
        runs = 0
        while closed and len(closed) + len(leaves) < PARTS and runs < MOST_RUNS:
            start = closed.pop(0)
            children = self._children(start)
            if children is None:
                return None
            runs += len(children)
            if children:
                closed += children
            else:
                leaves.append(start)
        return [Part(path, len(path)) for path in (*leaves, *closed)]

    def _children(self, start: Path) -> list[Path] | None:
        """The next point with a choice, once for each way to go there."""
        tree = self._tree(start)
        if not self.walk(tree, counts=False):
            return None
        if len(tree.path) == len(start):
            return []
        first = tree.path[len(start)]
        if isinstance(first, Lot):
            return [[*start, lot] for lot in _each_of(first)]
        children: list[Path] = []
        done: dict[Way, Effects] = {}
        for way in first.ways:
            if way in first.asleep:
                continue
            children.append([*start, _going(first, way, done)])
            node = _going(first, way, done)
            if not self.walk(self._tree([*start, node]), counts=False):
                return None
            done[way] = node.effects
        return children

    def _tree(self, start: Path) -> Tree:
        reduction = self.reduction()
        opened = SLEEP if reduction == DPOR else reduction  # every way is tried at these nodes
        return Tree(opened, list(start), self.plan.preemptions)


def search_part(plan: Plan, world: World, part: Part) -> Searched:
    """Searches a part as far as the plan's budget goes; this is what the executor runs."""
    search = Search(plan)
    search.world = world
    search.is_same = True  # the first schedule was run twice already
    tree = Tree(search.reduction(), list(part.path), plan.preemptions, part.floor)
    with routed, search.crew:
        is_through = search.go_through(tree, 1.0)
    searched = Searched(search.found, search.is_cut)
    if is_through is None:
        searched.world = search.world.fresh()
    elif not is_through:
        searched.rest = Part(tree.path, part.floor)
    return searched


def _result(future: Future[Searched]) -> Searched:
    try:
        return future.result()
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        if "pickle" in str(error) or "serialize" in str(error):
            raise TypeError(
                "the executor can't send this program to where it runs it: main, args and expect "
                f"have to be such as can be pickled, functions of a module for example ({error})"
            ) from None
        raise


def _going(node: Node, way: Way, done: dict[Way, Effects]) -> Node:
    """The node with this way to be gone, when those were."""
    twin = copy(node)
    twin.current = way
    twin.done = dict(done)
    return twin


def _each_of(lot: Lot) -> Iterator[Lot]:
    for index in range(lot.options):
        twin = copy(lot)
        twin.index = index
        yield twin
