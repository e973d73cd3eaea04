"""Ways through the tree that are drawn by lot, for programs with too many schedules."""

from __future__ import annotations

import random
from collections import defaultdict

from .operation import Candidate, Name
from .walker import Walker

LIKELY_LENGTH = 100  # transitions of a run, if nothing is known
CHANGES = 3


class Lots:
    """Every choice by lot."""

    settles = waits = True

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate:
        """Anybody."""
        return self._random.choice(candidates)

    def which(self, walker: Walker, options: int) -> int:
        """Any case."""
        return self._random.randrange(options)


class Priorities(Lots):
    """Each goroutine has a priority, by lot; at a few steps the first one becomes the last.

    So a bug that needs few changes in the order of events is likely to be found.

    Source: Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with
    probabilistic guarantees of finding bugs" (ASPLOS 2010).
    """

    def __init__(self, seed: int, length: int = LIKELY_LENGTH) -> None:
        super().__init__(seed)
        self._of: dict[Name, float] = defaultdict(lambda: 1 + self._random.random())
        self._changes = {self._random.randrange(max(1, length)) for _ in range(CHANGES)}
        self._step = 0

    def who(self, walker: Walker, candidates: list[Candidate]) -> Candidate:
        """The one with the highest priority."""
        self._step += 1
        chosen = max(candidates, key=lambda one: self._of[one.way[0]])
        if self._step in self._changes:
            self._of[chosen.way[0]] = -self._step
        return chosen
