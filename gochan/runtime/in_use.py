"""What several runs share, each in its own thread, and what the last of them has to put back."""

from __future__ import annotations

import threading
from collections.abc import Callable


class InUse:
    """Calls `begin` for the first of several users and `end` after the last one."""

    __slots__ = ("_begin", "_end", "_users", "_lock")

    def __init__(self, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self._begin = begin
        self._end = end
        self._users = 0
        self._lock = threading.RLock()  # a signal handler may come in between

    def __enter__(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._begin()

    def __exit__(self, *exc_info: object) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0:
                self._end()
