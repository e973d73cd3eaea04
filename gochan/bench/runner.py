"""Starts the processes that measure, one after the other, and gathers their figures.

A round measures every work once with every contender, so that a slow phase of the machine hits
all of them alike.
"""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .contender import Contender
from .work import Work

TOO_LONG = 120.0  # seconds after which a process is given up
SLOW = 2.0  # a process that takes longer runs in the first `SLOW_ROUNDS` only
SLOW_ROUNDS = 3


@dataclass
class Figures:
    """What was measured.

    `rounds` holds the figures of each round by work, contender and name, `skipped` why a contender
    has none at all, `failed` a sentence for each measurement that went wrong, `versions` what was
    measured.
    """

    rounds: dict[str, dict[str, dict[str, list[float]]]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[tuple[str, str], str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    def of(self, work: str, contender: str, name: str = "seconds") -> list[float]:
        """The figures of all rounds; empty if there are none."""
        return self.rounds.get(work, {}).get(contender, {}).get(name, [])

    def median(self, work: str, contender: str, name: str = "seconds") -> float | None:
        """The median, None if there are no figures."""
        figures = self.of(work, contender, name)
        return statistics.median(figures) if figures else None

    def add(self, work: str, contender: str, found: dict[str, float]) -> None:
        """The figures of one more round."""
        of_contender = self.rounds.setdefault(work, {}).setdefault(contender, {})
        for name, figure in found.items():
            of_contender.setdefault(name, []).append(figure)


class Failed(Exception):
    """A process went wrong; the text is a sentence for whoever waits for its figure."""


def measure(
    works: Sequence[Work], contenders: Sequence[Contender], rounds: int, quick: bool = False
) -> Figures:
    """Measures every work with every contender that is installed.

    Raises KeyboardInterrupt if it was interrupted; no process is left then.
    """
    figures = Figures()
    with TemporaryDirectory(prefix="gochan-bench-") as name:
        folder = Path(name)
        present = [one for one in contenders if _is_ready(one, folder, figures)]
        jobs = [
            (number, work, contender)
            for number in range(rounds)
            for work in works
            for contender in present
            if contender.is_asked(work) and work.key not in contender.cannot
        ]
        _work_off(jobs, folder, quick, figures)
    return figures


def _is_ready(contender: Contender, folder: Path, figures: Figures) -> bool:
    missing = contender.missing()
    if missing is None:
        figures.versions[contender.key] = contender.version() or ""
        try:
            command = contender.prepare(folder)
            if command is not None:
                _report(f"preparing {contender.label} ...")
                _output(command, contender.environment(), folder)
        except Failed as failure:
            missing = f"it can't be prepared: {failure}"
    if missing is not None:
        figures.skipped[contender.key] = missing
    return missing is None


def _work_off(
    jobs: list[tuple[int, Work, Contender]], folder: Path, quick: bool, figures: Figures
) -> None:
    took: dict[tuple[str, str], float] = {}
    start = time.monotonic()
    for done, (number, work, contender) in enumerate(jobs):
        cell = work.key, contender.key
        if cell in figures.failed or (number >= SLOW_ROUNDS and took[cell] > SLOW):
            continue
        _progress(done, jobs, time.monotonic() - start, took, f"{work.key} {contender.label}")
        begun = time.monotonic()
        try:
            figures.add(work.key, contender.key, _one(contender, work, folder, quick))
        except Failed as failure:
            figures.failed[cell] = f"{contender.label} failed at {work.title}: {failure}"
        took[cell] = time.monotonic() - begun
    _report(f"{len(jobs)}/{len(jobs)}, {_clock(time.monotonic() - start)}", last=True)


def _one(contender: Contender, work: Work, folder: Path, quick: bool) -> dict[str, float]:
    command = contender.command(folder, work, quick)
    # Python finds gochan from where the command was given; Go's benchmarks need no folder.
    printed = _output(command, contender.environment(work.program(quick)), None)
    try:
        return contender.read(printed)
    except ValueError:
        raise Failed(f"it printed {printed[:80]!r} instead of figures") from None


def _output(command: list[str], environment: dict[str, str], folder: Path | None) -> str:
    """What the command prints.

    Raises Failed if it can't be started, ends badly or takes too long.
    """
    process = None
    interrupts: list[int] = []
    # An interrupt while the process is being started waits until there is a process to end.
    handler = signal.signal(signal.SIGINT, lambda number, _frame: interrupts.append(number))
    try:
        process = _started(command, environment, folder)
        signal.signal(signal.SIGINT, handler)
        if interrupts:
            raise KeyboardInterrupt
        printed, complaint = process.communicate(timeout=TOO_LONG)
    except subprocess.TimeoutExpired:
        raise Failed(f"no figure after {TOO_LONG:.0f} s") from None
    finally:
        signal.signal(signal.SIGINT, handler)
        if process is not None and process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode != 0:
        raise Failed(_last_line(complaint) or f"it ended with code {process.returncode}")
    return printed


def _started(
    command: list[str], environment: dict[str, str], folder: Path | None
) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            cwd=folder,
        )
    except OSError as error:
        raise Failed(f"{command[0]} can't be started ({error.strerror})") from None


def _last_line(text: str) -> str:
    """Of a traceback, the line that says what went wrong."""
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""


def _progress(
    done: int,
    jobs: list[tuple[int, Work, Contender]],
    elapsed: float,
    took: dict[tuple[str, str], float],
    now: str,
) -> None:
    left = _left(((n, work.key, one.key) for n, work, one in jobs[done:]), took)
    remaining = "" if left is None else f", about {_clock(left)} left"
    _report(f"{done}/{len(jobs)}, {_clock(elapsed)}{remaining}: {now}")


def _left(jobs: Iterable[tuple[int, str, str]], took: dict[tuple[str, str], float]) -> float | None:
    """Seconds that the jobs will take: as long as last time, or as long as others on average."""
    if not took:
        return None
    average = sum(took.values()) / len(took)
    seconds = 0.0
    for number, work, contender in jobs:
        expected = took.get((work, contender), average)
        if number < SLOW_ROUNDS or expected <= SLOW:
            seconds += expected
    return seconds


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


_said: dict[str, Any] = {"at": 0.0}


def _report(text: str, last: bool = False) -> None:
    """One line that changes, on a terminal; elsewhere a line now and then."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="\n" if last else "", file=sys.stderr, flush=True)
    elif last or time.monotonic() - _said["at"] > 10:
        _said["at"] = time.monotonic()
        print(text, file=sys.stderr, flush=True)
