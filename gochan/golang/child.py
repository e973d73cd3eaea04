"""One process of Go's, from start to end: its output as it comes, its limits, and no orphan.

On Linux and macOS a `keeper` stands between; on Windows a job object does its work. Whatever ends
the wait (an exception, an interrupt, the kernel's own end), all that was started is ended too.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

KEEPER = Path(__file__).with_name("keeper.py")
MEGABYTE = 1 << 20
CHUNK = 1 << 16
WAITING_CHUNKS = 16  # the program waits, too, when nobody reads on
LOOK = 0.2  # seconds; an interrupt is noticed by then, also on Windows
LONGEST_END = 10.0  # seconds for the keeper to end everything


@dataclass(frozen=True)
class Limits:
    """What a process may use.

    `seconds` of wall time, `memory` and `file_size` in bytes (0: unlimited). With `dump` Go says
    where its goroutines are when the time is up. `reserves` is true of a program that sets far more
    memory aside than it uses (one with the race detector).
    """

    seconds: float
    memory: int = 0
    file_size: int = 0
    dump: bool = False
    reserves: bool = False


@dataclass(frozen=True)
class Ended:
    """How a process ended.

    `why` is "exit", "timeout", "memory", "not started", or "lost" if its keeper was killed; `code`
    its exit code (-n: signal n; None if it was ended here), `memory` the most it had in bytes,
    `others` how many processes it left behind, `error` why it couldn't be started.
    """

    why: str
    code: int | None
    memory: int = 0
    others: int = 0
    error: str = ""


def keep(
    command: list[str],
    limits: Limits,
    *,
    environment: dict[str, str],
    on_text: Callable[[str], None],
    on_wait: Callable[[], None] | None = None,
    folder: Path | None = None,
) -> Ended:
    """Runs a command to its end; its output, both streams in one, goes to `on_text` as it comes.

    `on_wait` is called now and then while nothing comes.

    Raises OSError if it, or its keeper, can't be started, and whatever ends the wait.
    """
    start = _start_in_job if sys.platform == "win32" else _start_keeper
    with start(command, limits, environment, folder) as (output, ending):
        for text in _texts(output):
            if text:
                on_text(text)
            elif on_wait is not None:
                on_wait()
        return ending()


Started = tuple[IO[bytes], Callable[[], Ended]]


@contextlib.contextmanager
def _start_keeper(
    command: list[str], limits: Limits, environment: dict[str, str], folder: Path | None
) -> Iterator[Started]:
    plan = {
        "command": command,
        "timeout": limits.seconds,
        "dump": limits.dump,
        "memory": limits.memory,
        "file_size": limits.file_size,
        # Go takes its heap in steps of 64 MB, and needs some for itself.
        "data_size": 0 if limits.reserves or not limits.memory else limits.memory + 256 * MEGABYTE,
    }
    with contextlib.ExitStack() as stack:
        from_keeper, to_kernel = os.pipe()
        told = stack.enter_context(open(from_keeper, "rb"))
        tell = stack.enter_context(open(to_kernel, "wb"))
        keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(plan), str(tell.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[tell.fileno()],
            start_new_session=True,
            env=environment,
            cwd=folder,
        )
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        stack.callback(_let_go, keeper)
        tell.close()

        def ending() -> Ended:
            facts: dict[str, Any] = json.loads(told.read() or b"{}")
            return Ended(
                facts.get("ended", "lost"),
                facts.get("code"),
                facts.get("memory", 0),
                facts.get("others", 0),
                facts.get("error", ""),
            )

        yield keeper.stdout, ending


def _let_go(keeper: subprocess.Popen[bytes]) -> None:
    """Ends the keeper's pipe, and so everything that it keeps."""
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    keeper.stdin.close()
    try:
        keeper.wait(LONGEST_END)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()


@contextlib.contextmanager
def _start_in_job(
    command: list[str], limits: Limits, environment: dict[str, str], folder: Path | None
) -> Iterator[Started]:
    assert sys.platform == "win32"
    assert sys.platform == "win32"
    from .job import Job  # noqa: PLC0415 - there is none elsewhere

    with Job(limits.memory) as job:
        program = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
        )
        job.add(program)
        late = threading.Event()

        def time_is_up() -> None:
            late.set()
            job.end()

        timer = threading.Timer(limits.seconds, time_is_up)
        timer.daemon = True
        timer.start()
        # What it started may hold the pipe open, when it is over itself.
        threading.Thread(target=lambda: (program.wait(), job.end()), daemon=True).start()

        def ending() -> Ended:
            code = program.wait()
            return Ended("timeout", None) if late.is_set() else Ended("exit", code)

        assert program.stdout is not None
        try:
            yield program.stdout, ending
        finally:
            timer.cancel()


def _texts(output: IO[bytes]) -> Iterator[str]:
    """The texts in a stream; an empty one when none has come for a while.

    A thread reads, because only so can an interrupt end the wait on every system.
    """
    chunks: queue.Queue[bytes] = queue.Queue(WAITING_CHUNKS)
    given_up = threading.Event()
    reader = threading.Thread(target=_read, args=(output, chunks, given_up), daemon=True)
    reader.start()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    try:
        while True:
            try:
                chunk = chunks.get(timeout=LOOK)
            except queue.Empty:
                yield ""
                continue
            text = decoder.decode(chunk, final=not chunk)
            if text:
                yield text
            if not chunk:
                return
    finally:
        given_up.set()


def _read(output: IO[bytes], chunks: queue.Queue[bytes], given_up: threading.Event) -> None:
    """Passes on what comes, then an empty chunk."""
    chunk = b"."
    with output:
        while chunk:
            chunk = os.read(output.fileno(), CHUNK)
            while not given_up.is_set():
                with contextlib.suppress(queue.Full):
                    chunks.put(chunk, timeout=LOOK)
                    break
