"""What goroutines print: captured for `record`, swallowed while they are ended.

`print` writes to `sys.stdout`, which all threads share. So the stand-in asks who is writing: a
goroutine's text goes to its run, everybody else's where it would have gone.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from .event import PRINT, current
from .goroutine import Goroutine


class Output:
    """Collects what the goroutines of one run print, and tells each finished line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._lines: dict[int, str] = {}

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def write(self, goroutine: Goroutine, text: str) -> None:
        self.parts.append(text)
        *finished, rest = (self._lines.get(goroutine.id, "") + text).split("\n")
        self._lines[goroutine.id] = rest
        for line in finished:
            goroutine.run.steps += 1
            goroutine.run.tell(PRINT, goroutine, None, line)


class _Router:
    """Stands in for `sys.stdout` while any run captures or ends."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def write(self, text: str) -> int:
        goroutine = current()
        if goroutine is None:
            self.real.write(text)
        elif not goroutine.run.ending:
            self._of(goroutine)(text)
        return len(text)

    def _of(self, goroutine: Goroutine) -> Callable[[str], Any]:
        output = goroutine.run.output
        if output is None:
            return self.real.write  # type: ignore[no-any-return]
        return lambda text: output.write(goroutine, text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


_lock = threading.Lock()
_users = 0
_router: _Router | None = None


@contextmanager
def routed() -> Iterator[None]:
    """While this is entered, what goroutines print goes by way of their run."""
    global _users, _router
    with _lock:
        _users += 1
        if _users == 1:
            sys.stdout = _router = _Router(sys.stdout)  # type: ignore[assignment]
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0 and _router is not None:
                if sys.stdout is _router:  # type: ignore[comparison-overlap]
                    sys.stdout = _router.real
                _router = None
