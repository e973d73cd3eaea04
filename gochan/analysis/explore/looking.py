"""Whether a goroutine looks again from where it looked before, knowing nothing new.

`while not flag.load(): pass` can go round for ever. If nothing that it looks at has changed, nor
any of its own variables, the next round will be as this one, and the others may as well go first.
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

from ...runtime.source import is_library, user_frame

VALUES = (int, float, complex, str, bytes, bool, type(None))
SIZED = (list, dict, set, tuple, bytearray)


class Places:
    """Where each goroutine of a run has looked; its variables are read when it comes back there."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, CodeType, int]] = set()

    def sight(self, goroutine: int) -> tuple[Any, ...] | None:
        """What the goroutine that calls stands before; None where it stands the first time."""
        frame = user_frame(sys._getframe(2))  # noqa: SLF001 - there is no other way
        if frame is None:
            return None
        place = goroutine, frame.f_code, frame.f_lasti
        if place not in self._seen:
            self._seen.add(place)
            return None
        return goroutine, *_state(frame)


def _state(frame: FrameType | None) -> list[Any]:
    state: list[Any] = []
    while frame is not None:
        if not is_library(frame.f_code):
            state += [frame.f_code, frame.f_lasti]
            state += [_seen(value) for value in frame.f_locals.values()]
        frame = frame.f_back
    return state


def _seen(value: Any) -> Any:
    if isinstance(value, VALUES):
        return value
    return (id(value), len(value)) if type(value) in SIZED else id(value)
