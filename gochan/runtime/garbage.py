"""Python's garbage collector walks every suspended stack in each full collection.

With a hundred thousand of them that takes longer than to start them. So a run that holds many
stacks asks for no full collections until it ends; young garbage is collected as ever.
"""

from __future__ import annotations

import gc

MANY_STACKS = 1_000


class FewerCollections:
    """Counts the stacks of a run; `restore` at its end."""

    __slots__ = ("_stacks", "_before")

    def __init__(self) -> None:
        self._stacks = 0
        self._before: tuple[int, int, int] | None = None

    def another_stack(self) -> None:
        """A greenlet was made."""
        self._stacks += 1
        if self._stacks == MANY_STACKS and gc.isenabled():
            self._before = gc.get_threshold()
            young, middle, _ = self._before
            gc.set_threshold(young * 10, middle, 1_000_000)

    def restore(self) -> None:
        """Puts the collector back as it was."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            self._before = None
