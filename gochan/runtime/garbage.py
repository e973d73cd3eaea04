"""Python's garbage collector walks every suspended stack in each full collection.

With a hundred thousand of them that takes longer than to start them. So a run that holds many
stacks asks for no full collections until it ends; young garbage is collected as ever.
"""

from __future__ import annotations

import gc

from .in_use import InUse

MANY_STACKS = 1_000


class FewerCollections:
    """Counts the stacks of a run; `restore` at its end."""

    __slots__ = ("_stacks",)

    def __init__(self) -> None:
        self._stacks = 0

    def another_stack(self) -> None:
        """A greenlet was made."""
        self._stacks += 1
        if self._stacks == MANY_STACKS:
            _few.__enter__()

    def restore(self) -> None:
        """Puts the collector back as it was, if no other run needs it so."""
        if self._stacks >= MANY_STACKS:
            _few.__exit__()


class _Thresholds:
    """The collector's, as they were before the first run with many stacks."""

    def __init__(self) -> None:
        self._before = gc.get_threshold()

    def raise_them(self) -> None:
        self._before = gc.get_threshold()
        young, middle, _ = self._before
        gc.set_threshold(young * 10, middle, 1_000_000)  # 0 stays 0: switched off is switched off

    def put_back(self) -> None:
        gc.set_threshold(*self._before)


_thresholds = _Thresholds()
_few = InUse(_thresholds.raise_them, _thresholds.put_back)
