"""A process that prints lines, read by threads, which never hold more than a handful of them.

Always true: it is killed by `end` at the latest, when this process ends properly too; and whoever
asks for lines never waits longer than he said.
"""

from __future__ import annotations

import atexit
import subprocess
import threading
import time
import weakref
from typing import IO

from .lines import LONGEST
from .source import Command

MOST_LINES = 5_000  # that wait to be taken; then the process waits with the next
KEPT = 4_000  # bytes of what was printed to standard error
CHUNK = 4_096


class Process:
    """Starts a command; the thread that does it has to stay until it is over (see `lifeline.py`).

    Raises OSError if it can't be started.
    """

    def __init__(self, command: Command) -> None:
        self._child = subprocess.Popen(
            list(command.arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(command.environment) if command.environment is not None else None,
        )
        running.add(self)
        self._lines: list[bytes] = []
        self._complaint = b""
        self._news = threading.Condition()
        self._is_open = True
        self._heard = time.monotonic()
        assert self._child.stdout is not None
        assert self._child.stderr is not None
        self._readers = [
            threading.Thread(target=self._read_lines, args=(self._child.stdout,), daemon=True),
            threading.Thread(target=self._read_complaint, args=(self._child.stderr,), daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        # A thread of its own: the process may be one that reads nothing.
        threading.Thread(target=self._give, args=(command.given,), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._child.pid

    def take(self, timeout: float) -> list[bytes] | None:
        """The lines that have come, at once if there are any; None if there will be no more."""
        with self._news:
            self._news.wait_for(lambda: self._lines or not self._is_open, timeout)
            lines, self._lines = self._lines, []
            self._news.notify_all()
            return lines if lines or self._is_open else None

    def silent_for(self) -> float:
        """Seconds since the last line."""
        return time.monotonic() - self._heard

    def said(self) -> str:
        """The last of what was printed to standard error."""
        with self._news:
            return self._complaint.decode("utf-8", "replace")

    def end(self) -> int:
        """Kills it if it still runs; returns its exit code, the negative number of a signal."""
        with self._news:
            self._is_open = False
            self._lines.clear()
            self._news.notify_all()
        if self._child.poll() is None:
            self._child.kill()
        code = self._child.wait()
        for reader in self._readers:
            reader.join(1.0)  # a process of its own may keep the pipe open
        running.discard(self)
        return code

    def code(self, timeout: float) -> int | None:
        """The exit code of a process that prints no more; None if it goes on all the same."""
        try:
            return self._child.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def _give(self, given: bytes) -> None:
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(given)
            self._child.stdin.flush()
        except OSError:
            return  # it has ended already, and its exit code says how

    def _read_lines(self, pipe: IO[bytes]) -> None:
        while line := pipe.readline(LONGEST):
            with self._news:
                self._heard = time.monotonic()
                self._news.wait_for(lambda: len(self._lines) < MOST_LINES or not self._is_open)
                if not self._is_open:
                    break
                self._lines.append(line)
                self._news.notify_all()
        with self._news:
            self._is_open = False
            self._news.notify_all()

    def _read_complaint(self, pipe: IO[bytes]) -> None:
        while chunk := pipe.read1(CHUNK):  # type: ignore[attr-defined]
            with self._news:
                self._complaint = (self._complaint + chunk)[-KEPT:]


running: weakref.WeakSet[Process] = weakref.WeakSet()


@atexit.register
def _end_all() -> None:
    for process in list(running):
        process.end()
