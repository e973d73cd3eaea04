"""The tree of choices as plain data: which run leaves which, where, and what it comes to.

The tree lies on its side. Each branch has a row of its own: it leaves the row of another one after
so many choices and goes straight to its end. So the first branch is a straight line at the top, and
whoever decides otherwise turns off downwards; lines never cross.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..analysis.findings import Findings, Outcome, Walk, is_bad, rank, ranked

MOST_ROWS = 200  # more can't be told apart
FOLD = 4  # rows: a branch with many runs in it has its count written beside it
DENSE = 50  # rows from which on single runs have no words, but for the first


class Step(NamedTuple):
    """Choices of one branch that one goroutine gets in a row: from which on, and up to which."""

    name: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """`worker`, or `worker x3`."""
        times = self.end - self.start
        return self.name if times == 1 else f"{self.name} x{times}"


class Branch(NamedTuple):
    """A line at height `row` from after choice `start` to after choice `end`.

    `parent` is the row that it leaves, None for the first; from `alone` on no other branch leaves
    it. It takes `height` rows. `runs` end there, or beyond if it `is_folded`, with `outcomes`;
    `kinds` are the signs at its end.
    """

    row: float
    parent: float | None
    start: int
    alone: int
    end: int
    runs: int
    height: int
    kinds: tuple[str, ...]
    outcomes: tuple[tuple[Outcome, int], ...]
    is_folded: bool


class Tree(NamedTuple):
    """The geometry.

    `steps` are the choices of the first branch, which is a failing one if `failure` says how it
    ends. `height` is in rows, `depth` in choices; `left_out` runs are not drawn at all.
    """

    branches: tuple[Branch, ...]
    steps: tuple[Step, ...]
    failure: Outcome | None
    height: int
    depth: int
    runs: int
    left_out: int


class _Walk(NamedTuple):
    """A path, and its place when all are sorted by their names."""

    place: int
    names: tuple[str, ...]
    outcomes: Sequence[Outcome]


def _placed(paths: Sequence[Walk]) -> list[_Walk]:
    by_names = sorted(range(len(paths)), key=lambda at: paths[at].names)
    places = {at: place for place, at in enumerate(by_names)}
    return [_Walk(places[at], path.names, path.outcomes) for at, path in enumerate(paths)]


class _Bundle:
    """Runs that are the same from choice `start` to choice `end`, where they part or all end."""

    def __init__(self, paths: Sequence[_Walk], start: int, order: int) -> None:
        self.paths = paths  # in the order in which they were run
        self.start = start
        self.order = order
        self.end = end = _common(paths, start)
        self.is_leaf = all(len(path.names) == end for path in paths)
        self.height = 1 if len(paths) == 1 else FOLD  # in rows, while nobody has opened it
        self.parts: list[_Bundle] = []

    def open(self, number: itertools.count[int]) -> list[_Bundle]:
        """The bundles into which it parts, in the order in which they were first tried."""
        groups: dict[str | None, list[_Walk]] = {}
        for path in self.paths:
            name = path.names[self.end] if len(path.names) > self.end else None
            groups.setdefault(name, []).append(path)
        return [_Bundle(paths, self.end, next(number)) for paths in groups.values()]


def _common(paths: Sequence[_Walk], start: int) -> int:
    """How many choices all have in common, at least `start`: as many as the outermost two have."""
    low = min(paths, key=lambda path: path.place).names
    high = max(paths, key=lambda path: path.place).names
    end = min(len(low), len(high))
    return next((at for at in range(start, end) if low[at] != high[at]), end)


def tree(exploration: Findings, most_rows: int = MOST_ROWS) -> Tree:
    """Computes where everything goes.

    The first branch is the failing one of the worst kind whose choices change hands least often, or
    else the first run. Where there is no room for all, bundles with the most runs are opened first.
    """
    paths = _placed(exploration.paths)
    if not paths:
        return Tree((), (), None, 0, 0, 0, 0)
    failure, first = _first_branch(exploration, paths)
    root, height, left_out = _opened(paths, first, most_rows)
    branches = _branches(root)
    return Tree(
        tuple(branches),
        tuple(_steps(first.names)),
        failure,
        height,
        max(branch.end for branch in branches),
        len(paths),
        left_out,
    )


def changes_of_hand(names: Sequence[str]) -> int:
    """How often another goroutine than before is chosen."""
    return sum(before != after for before, after in itertools.pairwise(names))


def _first_branch(exploration: Findings, paths: Sequence[_Walk]) -> tuple[Outcome | None, _Walk]:
    for at in ranked(exploration.failures):
        failure = exploration.failures[at]
        outcome = (failure.kind, failure.detail)
        failing = [path for path in paths if outcome in path.outcomes]
        if failing:
            return outcome, min(
                failing, key=lambda path: (changes_of_hand(path.names), len(path.names))
            )
    return None, paths[0]


def _steps(names: Sequence[str]) -> list[Step]:
    steps, at = [], 0
    for name, group in itertools.groupby(names):
        end = at + len(list(group))
        steps.append(Step(name, at, end))
        at = end
    return steps


def _opened(paths: Sequence[_Walk], first: _Walk, most_rows: int) -> tuple[_Bundle, int, int]:
    """The root, opened as far as there is room; its height; and how many runs have no room."""
    number = itertools.count()
    root = _Bundle(paths, 0, next(number))
    height, waiting, left_out = _open_first(root, first, most_rows, number)
    while waiting:
        _, _, bundle = heapq.heappop(waiting)
        parts = bundle.open(number)
        grown = height - bundle.height + sum(part.height for part in parts)
        if grown > most_rows:
            break
        height, bundle.parts = grown, parts
        for part in parts:
            _await(waiting, part)
    return root, height, left_out


_Waiting = list[tuple[int, int, _Bundle]]


def _await(waiting: _Waiting, bundle: _Bundle) -> None:
    if not bundle.is_leaf:
        heapq.heappush(waiting, (-len(bundle.paths), bundle.order, bundle))


def _open_first(
    root: _Bundle, first: _Walk, most_rows: int, number: itertools.count[int]
) -> tuple[int, _Waiting, int]:
    """Opens all along the first branch; of those that leave it, the largest that have room stay."""
    bundle, sides = root, []
    while not bundle.is_leaf:
        parts = bundle.open(number)
        inner = next(part for part in parts if any(path is first for path in part.paths))
        sides += [part for part in parts if part is not inner]
        bundle.parts = [inner, *(part for part in parts if part is not inner)]
        bundle = inner
    if len(root.paths) > DENSE:
        bundle.height = FOLD
    height, left_out = bundle.height, 0
    waiting: _Waiting = []
    kept = set()
    for side in sorted(sides, key=lambda part: (-len(part.paths), part.order)):
        if height + side.height <= most_rows:
            height += side.height
            kept.add(side.order)
            _await(waiting, side)
        else:
            left_out += len(side.paths)
    bundle = root
    while bundle.parts:
        bundle.parts = [bundle.parts[0], *(part for part in bundle.parts[1:] if part.order in kept)]
        bundle = bundle.parts[0]
    return height, waiting, left_out


def _branches(root: _Bundle) -> list[Branch]:
    """A row for each bundle that is not opened, from top to bottom."""
    found: list[Branch] = []
    stack: list[tuple[_Bundle, float | None]] = [(root, None)]
    top = 0
    while stack:
        bundle, parent = stack.pop()
        chain = [bundle]
        while chain[-1].parts:
            chain.append(chain[-1].parts[0])
        last = chain[-1]
        row = top + last.height / 2
        top += last.height
        for above in chain:
            stack += [(part, row) for part in reversed(above.parts[1:])]
        found.append(_branch(last, row, parent, bundle.start))
    return found


def _branch(last: _Bundle, row: float, parent: float | None, start: int) -> Branch:
    counted: Counter[Outcome] = Counter()
    for path in last.paths:
        counted.update((kind, detail) for kind, detail in path.outcomes)
    outcomes = sorted(counted.items(), key=lambda item: (rank(item[0][0]), -item[1], item[0]))
    kinds = tuple(dict.fromkeys(kind for (kind, _), _ in outcomes))
    if not any(len(path.outcomes) == 1 and path.outcomes[0][0] == "ok" for path in last.paths):
        kinds = tuple(kind for kind in kinds if is_bad(kind)) or kinds
    return Branch(
        row,
        parent,
        start,
        last.start,
        last.end,
        len(last.paths),
        last.height,
        kinds,
        tuple(outcomes),
        not last.is_leaf,
    )
