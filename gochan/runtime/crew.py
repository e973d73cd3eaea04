"""Workers that outlive their run: a search runs a small program thousands of times.

To make a stack and to end it takes longer than what such a program does on it.
"""

from __future__ import annotations

from contextvars import Context

from .goroutine import Worker

MOST_KEPT = 64  # more are as well made anew: stacks take memory, and the garbage collector's time


class Crew:
    """The idle workers between runs that are started from one greenlet, one after the other.

    Always true:
    - Whoever is in it is alive, carries nobody, and knows nothing of the runs before.
    """

    __slots__ = ("_workers",)

    def __init__(self) -> None:
        self._workers: list[Worker] = []

    def lend(self, context: Context) -> list[Worker]:
        """All of them, for a run in this context."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.gr_context = context.copy()
        return workers

    def take_back(self, idle: list[Worker]) -> None:
        """Those of a run that is over who carry nobody."""
        alive = [worker for worker in idle if not worker.dead]  # Ctrl-C may have ended one
        self._workers = alive[:MOST_KEPT]
        dismiss(alive[MOST_KEPT:])

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *exc_info: object) -> None:
        dismiss(self._workers)
        self._workers = []


def dismiss(idle: list[Worker]) -> None:
    """Ends workers that carry nobody: sent for nobody, they return."""
    for worker in idle:
        if not worker.dead:
            worker.switch()
