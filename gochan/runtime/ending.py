"""The end of a run: what those who are left were doing, and how they are ended.

They don't run on: Go runs no deferred functions then. Python must unwind their stacks, so every
operation of gochan in a `finally` or `except` ends them again, and what they print is swallowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlet import GreenletExit

from .crew import dismiss
from .goroutine import Goroutine, Worker, info_of, let_go
from .output import routed
from .schedule import GivenUp

if TYPE_CHECKING:
    from .scheduler import Scheduler

STUBBORN = 100  # so often may a goroutine swallow its end before it is left lying

unburied: list[Any] = []  # greenlets that refuse to end: to drop them would only wake them again


class Killed(GreenletExit):
    """Thrown into a goroutine that is left over when its program ends."""


class Ending:
    """Ends the goroutines that are left over in one run."""

    __slots__ = ("_run", "_deaths")

    def __init__(self, run: Scheduler) -> None:
        self._run = run
        self._deaths = 0

    def bury_all(self, left: list[Goroutine]) -> None:
        """Notes what each was doing, and ends it; then the workers that are left.

        They carry nobody, or were stopped while they looked whom to carry next.

        Each is looked at just before it is ended, because a stack that was looked at takes more
        memory than one that wasn't.
        """
        for goroutine in left:
            goroutine.parking += 1  # its waiters are stale: a channel may outlive the run
        is_asked = not isinstance(self._run.error, GivenUp)
        with routed:
            for goroutine in left:
                if is_asked:
                    self._run.left.append(info_of(goroutine))
                if goroutine.worker is not None:
                    self._bury(goroutine.worker)
                let_go(goroutine)
            idle = set(self._run.idle)
            for worker in self._run.workers:
                if worker not in idle and worker not in unburied:
                    self._bury(worker)
            self._let_off()

    def _let_off(self) -> None:
        """The workers that carry nobody."""
        idle, self._run.idle = self._run.idle, []
        if self._run.crew is not None:
            self._run.crew.take_back(idle)
        else:
            dismiss(idle)

    def _bury(self, worker: Worker) -> None:
        self._deaths = 0
        if not worker.dead:
            worker.throw(Killed)
        if not worker.dead and worker.goroutine is not None:
            unburied.append(worker)

    def die_again(self) -> None:
        """A goroutine that is being ended came to an operation in a `finally` or `except`."""
        self._deaths += 1
        if self._deaths < STUBBORN:
            raise Killed
        self._run.hub.switch()
