"""One process of Go's, from start to end: its output as it comes, its limits, and no orphan.

On Linux and macOS a `keeper` stands between; on Windows a job object does its work. Whatever ends
the wait (an exception, an interrupt, the kernel's own end), all that was started is ended too.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from .limits import Ended, Limits

if sys.platform == "win32":
    from .job import start
else:
    from .kept import start

CHUNK = 1 << 16
WAITING_CHUNKS = 16  # the program waits, too, when nobody reads on
LOOK = 0.2  # seconds; an interrupt is noticed by then, also on Windows


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
    with start(command, limits, environment, folder) as (output, ending):
        for text in _texts(output):
            if text:
                on_text(text)
            elif on_wait is not None:
                on_wait()
        return ending()


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
