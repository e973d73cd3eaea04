"""Goroutines that only look: they must not freeze the program, nor a virtual clock.

Whoever does nothing else (`default`, `try_lock`, `gosched`, an atomic's `load`) lets the others run
now and then. When everybody who can run has looked in vain for long enough, a virtual clock moves
on: a real one would have.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .goroutine import Goroutine

if TYPE_CHECKING:
    from .scheduler import Scheduler

IDLE_ROUNDS = 1_000  # so often may everybody poll in vain before a virtual clock moves on
POLLS_AT_ONCE = 16  # so often may one goroutine poll before the others get a turn
STORES_AT_ONCE = 1_000  # so often may it do what has an effect, but never blocks it (a store)


class Polling:
    """Counts the polls of one run; `jumps` is how often the clock moved on because of them."""

    __slots__ = ("_run", "_idle_steps", "_effects", "_quiet_polls", "_looked_for", "jumps")

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._idle_steps = 0
        self._effects = 0
        self._quiet_polls = 0
        self._looked_for = math.inf  # when the first of the timers is due that were looked at
        self.jumps = 0

    def idle_step(self) -> None:
        """A step that no other goroutine can see."""
        self._idle_steps += 1

    def poll(self, goroutine: Goroutine) -> bool:
        """The step under way only looked. Returns whether the others were let run."""
        run = self._run
        self._idle_steps += 1
        goroutine.polls += 1
        if goroutine.polls < POLLS_AT_ONCE:
            return False
        run.count_steps()
        effects = run.steps - self._idle_steps
        if effects != self._effects:
            self._effects, self._quiet_polls, self._looked_for = effects, 0, math.inf
        self._quiet_polls += 1
        if self._quiet_polls > IDLE_ROUNDS * (len(run.queue) + 1):
            self._quiet_polls = 0
            looked_for, self._looked_for = self._looked_for, math.inf
            if run.jump(looked_for):
                self.jumps += 1
        run.stand_back(goroutine)
        return True

    def look_for(self, when: int) -> None:
        """Somebody looked at a timer that is due at `when`, and may be polling it.

        No alarm is set for that: a timer that nobody waits on keeps no program alive.
        """
        self._looked_for = min(self._looked_for, when)

    def breathe(self, goroutine: Goroutine) -> None:
        """The step under way had an effect, but didn't block (an atomic's `store`, an unlock).

        A goroutine that does nothing else lets the others run now and then, as one that polls.
        """
        goroutine.polls += 1
        if goroutine.polls % STORES_AT_ONCE == 0:
            self._run.stand_back(goroutine)
