"""Which cell a widget was made in: run again, its earlier widgets have to stop."""

from __future__ import annotations

import sys
import weakref
from typing import Any, NamedTuple, Protocol


class Stoppable(Protocol):
    """Something that goes on after its cell has returned."""

    def stop(self) -> None:
        """Ends what goes on."""


class Made(NamedTuple):
    """The cell that a widget was made in, and which of its runs it was."""

    cell: str
    run: str


_made: weakref.WeakKeyDictionary[Stoppable, Made] = weakref.WeakKeyDictionary()


def in_place_of_earlier(widget: Stoppable) -> None:
    """Stops the widgets that an earlier run of this cell has made."""
    now = _now()
    if now is None:
        return
    for other, made in list(_made.items()):
        if made.cell == now.cell and made.run != now.run:
            del _made[other]
            other.stop()
    _made[widget] = now


def _now() -> Made | None:
    """The cell that runs, None where none does, or where the notebook doesn't tell."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython is not None else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return None
    parent = kernel.get_parent("shell") or {}
    cell = parent.get("metadata", {}).get("cellId")
    run = parent.get("header", {}).get("msg_id")
    return Made(cell, run) if cell and run else None
