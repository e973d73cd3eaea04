"""One measurement: what a source's process has told so far, and how it ended.

Whatever goes wrong ends it, with a sentence for the person who looks at the chart.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from ..runtime.source import file_name
from .lines import Absent, Begins, Failed, Sample, Weighs, read
from .order import INTERRUPTED
from .process import Process
from .source import Source

PATIENCE = 15.0  # seconds without a line
MOST_SAMPLES = 20_000
LAST_LINES = 3
LONGEST_WORDS = 300  # characters
AFTER_THE_END = 2.0  # seconds that a process has to end after its output has

STARTING, MEASURING, DONE, STOPPED, FAILED = "starting", "measuring", "done", "stopped", "failed"
OVER = (DONE, STOPPED, FAILED)


class Measurement:
    """Follows one process of a source, from its start to its end.

    `phase` is one of "starting", "measuring", "done", "stopped", "failed"; `samples` are the
    seconds by contender, `weights` the bytes that a contender needs at most, if it was told;
    `absent` says who can't be measured here, and why; `doing`, what is done before the first
    sample; `words` say how it ended; `pid` is the process's id.

    Parameters
    ----------
    source, values, seconds
        What is measured, with which parameters, and for about how long.
    patience
        Seconds for which the process may say nothing before it counts as hung.
    clock
        Tells the seconds.
    """

    def __init__(
        self,
        source: Source,
        values: Mapping[str, Any],
        seconds: float,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.samples: dict[str, list[float]] = {name: [] for name in source.contenders}
        self.weights: dict[str, float] = {}
        self.absent: dict[str, str] = {}
        self.phase = STARTING
        self.doing = ""
        self.words = ""
        self.seconds = seconds
        self.pid: int | None = None
        self._command = source.command(values, seconds)
        self._patience = patience
        self._clock = clock
        self._begun: float | None = None
        self._ended: float | None = None
        self._now = "the first contender"
        self._process: Process | None = None
        self._stop = threading.Event()
        self._is_over = threading.Event()

    @property
    def elapsed(self) -> float:
        """Seconds since the first sample was asked for."""
        if self._begun is None:
            return 0.0
        return (self._clock() if self._ended is None else self._ended) - self._begun

    @property
    def count(self) -> int:
        """How many samples there are."""
        return sum(map(len, self.samples.values()))

    @property
    def printed(self) -> str:
        """The last of what the contenders printed."""
        return self._process.said() if self._process is not None else ""

    def stop(self) -> None:
        """Ends it at once, from any thread; what was measured stays."""
        self._stop.set()
        if self._process is not None:
            self._process.end()

    def wait(self, seconds: float) -> bool:
        """Waits until it is over, at most so long; tells whether it is."""
        return self._is_over.wait(seconds)

    def pause(self, seconds: float) -> None:
        """Waits, less if it is stopped meanwhile."""
        self._stop.wait(seconds)

    def start(self) -> None:
        """Starts the process. The thread that calls this has to call `follow` until it is over."""
        if self._stop.is_set():
            self._end(STOPPED, "Stopped.")
            return
        try:
            self._process = Process(self._command)
        except OSError as error:
            program = self._command.arguments[0]
            self._end(FAILED, f"{program} can't be started: {error.strerror or error}.")
            return
        self.pid = self._process.pid

    def follow(self, timeout: float) -> bool:
        """Takes what has come, waiting at most `timeout` seconds for it; False when it is over."""
        if self.phase in OVER or self._process is None:
            return False
        lines = None if self._stop.is_set() else self._process.take(timeout)
        if self._stop.is_set():
            self._end(STOPPED, "Stopped.")
        elif lines is None:
            self._end(*self._verdict(self._process.code(AFTER_THE_END)))
        elif not lines and self._process.silent_for() > self._patience:
            self._end(FAILED, f"{self._now} has not answered for {self._patience:g} s: stopped.")
        for line in lines or ():
            self._hear(line)
        return self.phase not in OVER

    # -- what is heard -----------------------------------------------------------------------------

    def _hear(self, text: bytes) -> None:
        if self.phase in OVER:
            return
        try:
            line = read(text)
        except ValueError as error:
            self._end(FAILED, f"{error}.")
            return
        if line.contender not in self.samples:
            self._end(FAILED, f"The process printed an unknown contender: {line.contender!r}.")
        elif isinstance(line, Failed):
            self._end(FAILED, _failure(line))
        elif isinstance(line, Absent):
            self.absent[line.contender] = line.why
        elif isinstance(line, Weighs):
            self.weights[line.contender] = line.bytes
        else:
            self._note(line)

    def _note(self, line: Sample | Begins) -> None:
        self._now = line.contender
        doing = line.doing if isinstance(line, Begins) else ""
        self.doing = f"{line.contender}: {doing}" if doing else ""
        if self.doing:
            return
        if self._begun is None:
            self._begun = self._clock()
        self.phase = MEASURING
        if isinstance(line, Begins):
            return
        if not self.count:
            self._begun = self._clock()  # the warm-up doesn't count
        self.samples[line.contender].append(line.seconds)
        if self.count >= MOST_SAMPLES:
            self._end(STOPPED, f"Stopped: {MOST_SAMPLES:,} samples are enough.")

    # -- how it ends -------------------------------------------------------------------------------

    def _end(self, phase: str, words: str) -> None:
        if self._process is not None:
            self._process.end()
        self._ended = self._clock()
        self.phase, self.words, self.doing = phase, words, ""
        self._is_over.set()

    def _verdict(self, code: int | None) -> tuple[str, str]:
        """How a process that prints no more has ended."""
        missing = [name for name, samples in self.samples.items() if not samples]
        unheard = [name for name in missing if name not in self.absent]
        if code == 0 and unheard:
            words = f"The process ended without a sample of {unheard[0]}."
            return FAILED, words + self._last_words()
        if code == 0 and not self.count:
            return FAILED, f"Nobody can be measured here: {self.absent[missing[0]]}."
        if code == 0:
            return DONE, ""
        if code in (INTERRUPTED, -signal.SIGINT):
            return STOPPED, "Interrupted."
        if code is None:
            return FAILED, "The process prints no more, but didn't end: stopped."
        how = f"was killed ({_signal(-code)})" if code < 0 else f"ended with code {code}"
        return FAILED, f"The process {how} while it measured {self._now}.{self._last_words()}"

    def _last_words(self) -> str:
        lines = [line.strip() for line in self.printed.splitlines() if line.strip()]
        words = " / ".join(lines[-LAST_LINES:])
        return f" Its last words: {words[-LONGEST_WORDS:]}" if words else ""


def _failure(line: Failed) -> str:
    where = f" ({file_name(line.file)}:{line.line})" if line.file else ""
    return f"{line.contender} failed: {line.why}{where}."


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
