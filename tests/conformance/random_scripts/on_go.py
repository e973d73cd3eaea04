"""Runs scripts on real Go, with its virtual clock and on one processor."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ..go_side import compiled, playback
from ..report import Line
from .log import End, Entry, log_text

A = TypeVar("A")
B = TypeVar("B")

ATTEMPTS = 3
LONGEST = 5  # seconds; a script ends in milliseconds
FOR_EVER = "it runs for ever\n"
MARK = "> "  # stands before each entry of the log
STATE = re.compile(r"(?m)^goroutine \d+ \[(.+)\]:$")
DEADLOCK = "all goroutines are asleep - deadlock!"


class RealGo:
    """The interpreter in Go, built."""

    def __init__(self, binary: Path) -> None:
        self.binary = binary

    def run(self, script: str) -> str:
        """The log of a script."""
        try:
            done = subprocess.run(
                [self.binary],
                input=script.encode(),
                env={**os.environ, "GOMAXPROCS": "1", "GOTRACEBACK": "single"},
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return FOR_EVER
        writes = list(playback(done.stderr))
        logged = [line for line in writes if line.text.startswith(MARK)]
        return log_text(script, map(entry, logged), end(writes[len(logged) :]))

    def does(self, script: str, log: str) -> bool:
        """Whether that is what it does, at least once: on a busy machine it may preempt."""
        return any(self.run(script) == log for _ in range(ATTEMPTS))


def at_once(work: Callable[[A], B], things: Iterable[A]) -> list[B]:
    """What comes of each, several at the same time: most of the time is Go's."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, things))


@contextmanager
def built(go: str) -> Iterator[RealGo]:
    """Builds the interpreter, for as long as it's needed."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "go.mod").write_text("module scripts\n\ngo 1.25\n")
        shutil.copy(Path(__file__).with_name("script.go"), folder)
        yield RealGo(compiled(go, Path(folder)))


def entry(line: Line) -> Entry:
    """What the interpreter printed of an operation; it says the time itself, in units."""
    actor, number, time, result = line.text.removeprefix(MARK).rstrip("\n").split(" ", 3)
    return Entry(actor, int(number), int(time), result)


def end(crash: list[Line]) -> End:
    """How the program ended, from what Go wrote of its crash."""
    if not crash:
        return End("ok")
    text = "".join(line.text for line in crash)
    words = text.partition("\n")[0]
    if DEADLOCK in words:
        return End("deadlock", crash[0].time, waiting=tuple(STATE.findall(text)))
    outcome, _, words = words.partition(": ")
    return End(outcome.removesuffix(" error"), crash[0].time, words)
