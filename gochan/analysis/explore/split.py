"""One search by several workers: each takes a part of the tree.

The tree is opened from the root until there are enough parts. At its opened nodes every way is
tried, so no part has to know what another one finds. What sleeps at a node is known to its part.
"""

from __future__ import annotations

import pickle
import time as wall_time
from concurrent.futures import Executor, as_completed
from copy import copy
from dataclasses import replace
from typing import Any

from ...runtime.output import routed
from .operations import Restart, World
from .search import Found, Plan, Search
from .tree import SLEEP, Lot, Node, Tree

PARTS = 32
MOST_RUNS = 200  # to open the tree with

Start = list[Node | Lot]


def search_by(executor: Executor, plan: Plan) -> Found:
    """The same search as `Search(plan).run()`, each part wherever the executor runs it."""
    search = Search(plan)
    with routed:
        while (parts := _open(search)) is None:
            pass
    until = wall_time.monotonic() + plan.seconds
    found = Found(complete=True)
    while not _search_parts(executor, search, parts, found, until):
        found = Found(runs=found.runs, complete=True)
    return found


def _search_parts(
    executor: Executor, search: Search, parts: list[Start], found: Found, until: float
) -> bool:
    """False if the parts have to be searched again, because the program looks at more."""
    plan = search.plan
    shares = replace(plan, seconds=until - wall_time.monotonic(), progress=None)
    futures = [executor.submit(search_part, shares, search.world.fresh(), part) for part in parts]
    is_right = True
    for future in as_completed(futures):
        part, world = _result(future)
        is_right = is_right and world is None
        if world is not None:
            search.world.learn(world)
        _merge(found, part)
        if plan.progress is not None:
            plan.progress(found.runs, plan.max_runs, found.failures())
        if found.runs >= plan.max_runs:
            found.complete = False
            for other in futures:
                other.cancel()
            break
    return is_right or found.runs >= plan.max_runs


def _result(future: Any) -> tuple[Found, World | None]:
    try:
        return future.result()  # type: ignore[no-any-return]
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        if "pickle" in str(error) or "serialize" in str(error):
            raise TypeError(
                "the executor can't send this program to where it runs it: main, args and expect "
                f"have to be such as can be pickled, functions of a module for example ({error})"
            ) from None
        raise


def search_part(plan: Plan, world: World, start: Start) -> tuple[Found, World | None]:
    """One part; what was noticed of the program, if it has to be done again because of that."""
    search = Search(plan, start)
    search.world = world
    with routed:
        is_done = search.through_the_tree()
    return search.found, None if is_done else search.world.fresh()


def _merge(found: Found, part: Found) -> None:
    found.outcomes += part.outcomes
    for outcome, best in part.best.items():
        found.keep(outcome, best)
    found.paths += part.paths
    found.runs += part.runs
    found.complete = found.complete and part.complete
    for text in part.notes:
        found.note(text)


# -- opening the tree ------------------------------------------------------------------------------


def _open(search: Search) -> list[Start] | None:
    """The ways to the parts; None if it has to be done again."""
    closed: list[Start] = [[]]
    leaves: list[Start] = []
    runs = 0
    while closed and len(closed) + len(leaves) < PARTS and runs < MOST_RUNS:
        start = closed.pop(0)
        children = _children(search, start)
        if children is None:
            return None
        runs += len(children)
        if children:
            closed += children
        else:
            leaves.append(start)
    return [*leaves, *closed]


def _children(search: Search, start: Start) -> list[Start] | None:
    """The next point with a choice, once for each way to go there."""
    children: list[Start] = []
    done: dict[tuple[str, int], object] = {}
    tree = Tree(SLEEP, list(start))
    if not _walk(search, tree):
        return None
    if len(tree.path) == len(start):
        return children
    first = tree.path[len(start)]
    if isinstance(first, Lot):
        return [[*start, _lot(first, index)] for index in range(first.options)]
    ways = [way for way in first.ways if way not in first.asleep]
    for way in ways:
        node = _node(first, way, done)
        child: Start = [*start, node]
        children.append(child)
        again = Tree(SLEEP, [*start, _node(first, way, done)])
        if not _walk(search, again):
            return None
        reached = again.path[len(start)]
        assert isinstance(reached, Node)
        done[way] = reached.effects
    return children


def _walk(search: Search, tree: Tree) -> bool:
    tree.begin()
    run, walker = search.once(tree, counts=False)
    search.plan_next(tree, run, walker)
    return not isinstance(walker.reason, Restart)


def _node(node: Node, way: tuple[str, int], done: dict[tuple[str, int], object]) -> Node:
    twin = copy(node)
    twin.current = way
    twin.done = dict(done)  # type: ignore[arg-type]
    return twin


def _lot(lot: Lot, index: int) -> Lot:
    twin = copy(lot)
    twin.index = index
    return twin
