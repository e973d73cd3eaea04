"""Whether a program uses its WaitGroups as they are meant to be used.

Then the order of its additions and `done` calls is the same, and who waits may come at any time. If
not, all of it counts, and the search begins anew.
"""

from __future__ import annotations

from collections import defaultdict

from ...runtime import event as kinds
from ...sync import WaitGroup
from .history import Transition
from .operation import Operation, Restart, World


class Groups:
    """What was done to the WaitGroups of a run."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._counted: dict[int, list[int]] = defaultdict(list)  # additions that nobody took back
        self._used: dict[tuple[int, bool], list[int]] = defaultdict(list)  # by whom, to wait or add

    def notice(self, last: Transition) -> None:
        """A transition that waits for a WaitGroup, or adds to it.

        Raises Restart if it shows that the order matters.
        """
        operation = last.operation
        self._notice_reuse(operation)
        if operation.kind == kinds.ADD:
            self._notice_balance(last, operation.things[0], operation.things[1])

    def _notice_balance(self, last: Transition, group: WaitGroup, delta: int) -> None:
        """Each `done` should have an addition of its own that comes before it in every order.

        Then the count is never negative, and the order of additions and `done` calls is the same.
        """
        counted = self._counted[id(group)]
        counted += [last.index] * delta
        for _ in range(-delta):
            own = [index for index in counted if last.known >> index & 1]
            if own:
                counted.remove(own[-1])
            else:
                self._is_misused()

    def _notice_reuse(self, operation: Operation) -> None:
        """Who waits for a group that another one adds to may come too late, or too early.

        Then it matters that it has come.
        """
        group, who = operation.things[0], operation.goroutine.id
        is_wait = operation.kind == kinds.WAIT
        if not is_wait and operation.things[1] <= 0:
            return
        others = self._used[id(group), not is_wait]
        if any(other != who for other in others):
            self._is_misused()
        self._used[id(group), is_wait].append(who)

    def _is_misused(self) -> None:
        if not self._world.misuses_groups:
            self._world.misuses_groups = True
            raise Restart
